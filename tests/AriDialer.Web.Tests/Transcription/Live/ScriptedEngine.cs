using System.Runtime.CompilerServices;
using AriDialer.Calls.Media;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Features.Transcription.Engines;

namespace AriDialer.Web.Tests.Transcription.Live;

/// <summary>An engine for sound made of numbers: a frame of 7s is the word "w7", and five silent frames end what is said.</summary>
internal sealed class ScriptedEngine : ITranscriber
{
    private const int Pause = 5;

    private int _places = 100;

    public string Id => "scripted";

    public EngineState State { get; set; } = new("Scripted", "en-US", IsThere: true, Sentence: null);

    public TranscriberCapabilities Capabilities { get; } = new(true, true, false, null, 2, false);

    public int Places
    {
        get => Volatile.Read(ref _places);
        set => Volatile.Write(ref _places, value);
    }

    /// <summary>Called with each frame; what it throws, the engine does.</summary>
    public Func<AudioFrame, Task> Before { get; set; } = _ => Task.CompletedTask;

    public IDisposable? TryReserve()
    {
        if (Interlocked.Decrement(ref _places) >= 0)
            return new Place(this);

        Interlocked.Increment(ref _places);
        return null;
    }

    public async IAsyncEnumerable<HeardSpeech> ListenAsync(
        IAsyncEnumerable<AudioFrame> sound, string language, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<TranscribedWord> words = [];
        var silent = 0;
        await foreach (var frame in sound.WithCancellation(cancellationToken))
        {
            await Before(frame);
            var from = (double)frame.Begin / AudioFrame.Rate;
            silent = frame.Samples[0] == 0 ? silent + 1 : 0;
            if (silent == 0)
            {
                words.Add(new TranscribedWord($"w{frame.Samples[0]}", from, from + .02, null));
                yield return new HeardSpeech(false, Of(words));
            }
            else if (silent == Pause && words.Count > 0)
            {
                yield return new HeardSpeech(true, Of(words));
                words = [];
            }
        }

        if (words.Count > 0)
            yield return new HeardSpeech(true, Of(words));
    }

    public IAsyncEnumerable<(int Channel, TranscribedSegment Segment)> TranscribeAsync(
        Stream pcm, int channels, string language, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static TranscribedSegment Of(List<TranscribedWord> words) =>
        new(words[0].From, words[^1].To, string.Join(' ', words.Select(word => word.Text)), null, [.. words]);

    private sealed class Place(ScriptedEngine engine) : IDisposable
    {
        public void Dispose() => Interlocked.Increment(ref engine._places);
    }
}
