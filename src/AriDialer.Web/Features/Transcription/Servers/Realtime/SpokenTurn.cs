using System.Text;
using System.Threading.Channels;
using AriDialer.Web.Features.Transcription.Engines;

namespace AriDialer.Web.Features.Transcription.Servers.Realtime;

/// <summary>A sentence: its sound as it is spoken, and its words as they are understood.</summary>
/// <param name="begin">Where it begins, in samples of the tap.</param>
/// <param name="heard">Called when there are further words.</param>
internal sealed class SpokenTurn(long begin, Action<SpokenTurn> heard)
{
    // Nobody says that much in a few seconds.
    private const int MostText = 10_000;

    private readonly Channel<short[]> _sound = Channel.CreateUnbounded<short[]>();
    private readonly TaskCompletionSource<string> _words = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _soFar = new();
    private long _length;

    /// <summary>What we call it when we speak with the server.</summary>
    public string Id { get; } = $"turn-{begin}";

    /// <summary>What the server calls it; null until it is known.</summary>
    public string? ItemId { get; set; }

    public ChannelReader<short[]> Sound => _sound.Reader;

    /// <summary>All its words, or why there are none.</summary>
    public Task<string> Words => _words.Task;

    /// <summary>What is understood so far, as a segment; null where that is nothing.</summary>
    public TranscribedSegment? SoFar
    {
        get
        {
            lock (_soFar)
                return Segment(_soFar.ToString());
        }
    }

    public void Add(short[] samples)
    {
        Interlocked.Add(ref _length, samples.Length);
        _sound.Writer.TryWrite(samples);
    }

    public void End() => _sound.Writer.TryComplete();

    public void Hear(string further)
    {
        lock (_soFar)
            _soFar.Append(_soFar.Length < MostText ? further : "");
        heard(this);
    }

    public void Answer(string words) => _words.TrySetResult(words);

    public void Fail(Exception failure)
    {
        if (_words.TrySetException(failure))
            _ = _words.Task.Exception;
    }

    /// <summary>Reads what nobody has read, to its end.</summary>
    public async Task<short[]> ReadRestAsync(CancellationToken cancellationToken)
    {
        List<short> samples = [];
        await foreach (var piece in _sound.Reader.ReadAllAsync(cancellationToken))
            samples.AddRange(piece);
        return [.. samples];
    }

    public Utterance With(short[] samples) => new(begin, samples);

    public TranscribedSegment? Segment(string text) => ServedSegment.Plain(begin, Interlocked.Read(ref _length), text);

    public HeardSpeech Missed() =>
        HeardSpeech.Missed((double)begin / SpeechCutter.Rate, (double)(begin + Interlocked.Read(ref _length)) / SpeechCutter.Rate);
}
