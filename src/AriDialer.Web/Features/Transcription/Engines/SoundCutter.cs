using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace AriDialer.Web.Features.Transcription.Engines;

/// <summary>Cuts sound of one or several voices, a sample of each in turn, into utterances.</summary>
internal static class SoundCutter
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <exception cref="TimeoutException">No sound came for a minute.</exception>
    public static async IAsyncEnumerable<(int Channel, Utterance Utterance)> CutAsync(
        Stream pcm, int channels, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cutters = Enumerable.Range(0, channels).Select(_ => new SpeechCutter()).ToArray();
        var frameBytes = SpeechCutter.FrameLength * channels * sizeof(short);
        var block = new byte[100 * frameBytes];
        var samples = new short[SpeechCutter.FrameLength];
        int length;
        do
        {
            // Whoever gives the sound may hang.
            length = await pcm.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken).AsTask()
                .WaitAsync(LongestWait, time, cancellationToken);
            for (var begin = 0; begin + frameBytes <= length; begin += frameBytes)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    PickOut(block.AsSpan(begin, frameBytes), channel, channels, samples);
                    if (cutters[channel].Add(samples) is { } utterance)
                        yield return (channel, utterance);
                }
            }
        }
        while (length == block.Length);

        for (var channel = 0; channel < channels; channel++)
        {
            if (cutters[channel].End() is { } utterance)
                yield return (channel, utterance);
        }
    }

    private static void PickOut(ReadOnlySpan<byte> frame, int channel, int channels, Span<short> samples)
    {
        for (var i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(frame[((i * channels + channel) * sizeof(short))..]);
    }
}
