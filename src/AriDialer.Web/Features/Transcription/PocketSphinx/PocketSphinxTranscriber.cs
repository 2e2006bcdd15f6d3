using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>Makes words of sound on this machine, with PocketSphinx. The same sound gives the same words.</summary>
internal sealed class PocketSphinxTranscriber(PocketSphinxInstallation installation, DecoderPool decoders, TimeProvider time)
{
    public const string Language = "en-US";

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    public bool IsThere => installation.IsThere;

    /// <summary>What is missing and what to do about it, in a sentence or two; null where all is there.</summary>
    public string? Missing => installation.Missing;

    /// <summary>Transcribes 16-bit mono sound at 16 kHz, an utterance as soon as it is over. It waits for a free decoder first.</summary>
    /// <exception cref="PocketSphinxException">The engine isn't there, or failed.</exception>
    /// <exception cref="TimeoutException">No sound came for a minute.</exception>
    public async IAsyncEnumerable<TranscribedSegment> TranscribeAsync(
        Stream pcm, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (_, segment) in TranscribeAsync(pcm, channels: 1, cancellationToken))
        {
            yield return segment;
        }
    }

    /// <summary>
    /// The same for sound of several voices, with a sample of each in turn: segments in the order in which they end. All of them
    /// share a decoder, so that a recording never waits for a second one while it holds up the first.
    /// </summary>
    public async IAsyncEnumerable<(int Channel, TranscribedSegment Segment)> TranscribeAsync(
        Stream pcm, int channels, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (installation.Missing is { } missing)
            throw new PocketSphinxException(missing);

        using var rented = await decoders.RentAsync(cancellationToken);
        var cutters = Enumerable.Range(0, channels).Select(_ => new SpeechCutter()).ToArray();
        await foreach (var (channel, utterance) in CutAsync(pcm, cutters, cancellationToken))
        {
            var decoder = rented.Decoder;
            var words = await WorkThread.RunAsync("PocketSphinx", () => decoder.Understand(utterance.Samples, cancellationToken));
            if (words.Count > 0)
                yield return (channel, SegmentOf(utterance, words));
        }
    }

    private async IAsyncEnumerable<(int Channel, Utterance Utterance)> CutAsync(
        Stream pcm, SpeechCutter[] cutters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var frameBytes = SpeechCutter.FrameLength * cutters.Length * sizeof(short);
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
                for (var channel = 0; channel < cutters.Length; channel++)
                {
                    PickOut(block.AsSpan(begin, frameBytes), channel, cutters.Length, samples);
                    if (cutters[channel].Add(samples) is { } utterance)
                        yield return (channel, utterance);
                }
            }
        }
        while (length == block.Length);

        for (var channel = 0; channel < cutters.Length; channel++)
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

    private static TranscribedSegment SegmentOf(Utterance utterance, IReadOnlyList<TranscribedWord> words)
    {
        var begin = (double)utterance.Begin / SpeechCutter.Rate;
        TranscribedWord[] placed = [.. words.Select(word => word with { From = At(word.From), To = At(word.To) })];
        return new TranscribedSegment(
            placed[0].From, placed[^1].To, string.Join(' ', placed.Select(word => word.Text)), Math.Round(placed.Average(word => word.Confidence!.Value), 3),
            placed);

        double At(double seconds) => Math.Round(begin + seconds, 2);
    }
}
