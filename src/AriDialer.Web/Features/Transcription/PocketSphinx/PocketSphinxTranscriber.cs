using System.Runtime.CompilerServices;
using AriDialer.Calls.Media;
using AriDialer.Web.Features.Transcription.Engines;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>Makes words of sound on this machine, with PocketSphinx. The same sound gives the same words.</summary>
internal sealed class PocketSphinxTranscriber(
    PocketSphinxInstallation installation, DecoderPool decoders, IOptions<TranscriptionEngineOptions> options, TimeProvider time) : ITranscriber
{
    public const string Language = "en-US";

    public string Id => "pocketsphinx";

    public EngineState State => new("PocketSphinx", Language, installation.IsThere, installation.Missing);

    public TranscriberCapabilities Capabilities => new(
        Interim: true, WordTimes: true, Confidence: true, [Language], options.Value.LiveVoices, LeavesMachine: false);

    public IDisposable? TryReserve() => installation.IsThere ? new CancellationTokenSource() : null;

    public async IAsyncEnumerable<HeardSpeech> ListenAsync(
        IAsyncEnumerable<AudioFrame> sound, string language, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cutter = new SpeechCutter();
        using var rented = await decoders.RentAsync(cancellationToken);
        await foreach (var frame in sound.WithCancellation(cancellationToken))
        {
            for (var begin = 0; begin + SpeechCutter.FrameLength <= frame.Samples.Length; begin += SpeechCutter.FrameLength)
            {
                if (cutter.Add(frame.Samples.AsSpan(begin, SpeechCutter.FrameLength)) is { } utterance)
                {
                    var words = await WorkThread.RunAsync("PocketSphinx", () => rented.Decoder.Understand(utterance.Samples, cancellationToken));
                    if (words.Count > 0)
                        yield return new HeardSpeech(true, SegmentOf(utterance, words));
                }
            }
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
                yield return (channel, SegmentOf(utterance, words));
        }
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
