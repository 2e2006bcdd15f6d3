using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AriDialer.Calls.Media;
using AriDialer.Web.Features.Transcription.Engines;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>Makes words of sound on this machine, with PocketSphinx. The same sound gives the same words.</summary>
internal sealed class PocketSphinxTranscriber(
    PocketSphinxInstallation installation, DecoderPool decoders, LiveDecoders live, IOptions<TranscriptionEngineOptions> options, TimeProvider time) : ITranscriber
{
    public const string Language = "en-US";

    // Two seconds: the end of an utterance takes up to one, in which nobody should lose sound.
    private const int FramesAhead = 100;

    // Before recordings, which have time, and behind calls.
    private const int LiveNice = 3;

    public string Id => "pocketsphinx";

    public EngineState State => new("PocketSphinx", Language, installation.IsThere, installation.Missing);

    public TranscriberCapabilities Capabilities => new(
        Interim: true, WordTimes: true, Confidence: true, [Language], options.Value.LiveVoices, LeavesMachine: false);

    public IDisposable? TryReserve() => live.TryReserve();

    /// <exception cref="PocketSphinxException">The engine isn't there, or failed.</exception>
    public async IAsyncEnumerable<HeardSpeech> ListenAsync(
        IAsyncEnumerable<AudioFrame> sound, string language, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var frames = Channel.CreateBounded<AudioFrame>(FramesAhead);
        var heard = Channel.CreateUnbounded<HeardSpeech>();
        _ = HearAsync(live.Listen(), frames.Reader, heard.Writer, stop.Token);
        _ = sound.CopyToAsync(frames.Writer, stop.Token);
        try
        {
            await foreach (var speech in heard.Reader.ReadAllAsync(cancellationToken))
            {
                yield return speech;
            }
        }
        finally
        {
            // What is being searched ends by itself within a moment, and gives its decoder back then: nobody waits for that.
            await stop.CancelAsync();
        }
    }

    /// <summary>
    /// Segments in the order in which they end. It waits for a free decoder first, which all voices share: so a recording never waits for
    /// a second one while it holds up the first.
    /// </summary>
    /// <exception cref="PocketSphinxException">The engine isn't there, or failed.</exception>
    public async IAsyncEnumerable<(int Channel, TranscribedSegment Segment)> TranscribeAsync(
        Stream pcm, int channels, string language, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (installation.Missing is { } missing)
            throw new PocketSphinxException(missing);

        using var rented = await decoders.RentAsync(cancellationToken);
        await foreach (var (channel, utterance) in SoundCutter.CutAsync(pcm, channels, time, cancellationToken))
        {
            var decoder = rented.Decoder;
            var words = await WorkThread.RunAsync("PocketSphinx", () => decoder.Understand(utterance.Samples, cancellationToken));
            if (words.Count > 0)
                yield return (channel, SpokenSegment.Of(utterance.Begin, words));
        }
    }

    private static async Task HearAsync(
        LiveDecoders.Listening listening, ChannelReader<AudioFrame> frames, ChannelWriter<HeardSpeech> heard, CancellationToken cancellationToken)
    {
        using (listening)
        {
            try
            {
                var decoder = (await listening.Decoder).Decoder;
                await WorkThread.RunAsync("PocketSphinx live", () => Hear(new VoiceSearch(decoder, speech => heard.TryWrite(speech), cancellationToken)), LiveNice);
                heard.Complete();
            }
            catch (Exception e)
            {
                heard.TryComplete(e);
            }
        }

        bool Hear(VoiceSearch voice)
        {
            // The thread is this voice's own, so it may wait for it.
            while (frames.WaitToReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult())
            {
                while (frames.TryRead(out var frame))
                    voice.Hear(frame);
            }

            voice.End();
            return true;
        }
    }
}
