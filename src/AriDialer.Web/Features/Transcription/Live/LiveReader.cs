using System.Runtime.CompilerServices;

namespace AriDialer.Web.Features.Transcription.Live;

/// <summary>What one page gets that reads along: what was said so far, then what changed. A slow one gets fewer messages, each with the newest words.</summary>
internal sealed class LiveReader : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LiveTranscript _transcript;
    private readonly SemaphoreSlim _waits = new(1, 1);
    private SortedDictionary<long, LiveLine> _waiting;
    private LiveWordsState _state;
    private bool _isSnapshot = true;

    public LiveReader(LiveTranscript transcript, LiveWordsState state, IEnumerable<LiveLine> lines)
    {
        (_transcript, _state) = (transcript, state);
        _waiting = new SortedDictionary<long, LiveLine>(lines.ToDictionary(line => line.Id));
    }

    public void Dispose() => _transcript.Remove(this);

    /// <summary>The messages, until the call is over; the first is a snapshot.</summary>
    public async IAsyncEnumerable<(bool IsSnapshot, LiveWordsState State, IReadOnlyCollection<LiveLine> Lines)> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            await _waits.WaitAsync(cancellationToken);
            var taken = Take();
            yield return taken;
            if (taken.State == LiveWordsState.Over)
                yield break;
        }
    }

    public void Offer(LiveLine line)
    {
        lock (_gate)
        {
            _waiting[line.Id] = line;
            Wake();
        }
    }

    public void Offer(LiveWordsState state)
    {
        lock (_gate)
        {
            _state = state;
            Wake();
        }
    }

    private void Wake()
    {
        if (_waits.CurrentCount == 0)
            _waits.Release();
    }

    private (bool IsSnapshot, LiveWordsState State, IReadOnlyCollection<LiveLine> Lines) Take()
    {
        lock (_gate)
        {
            var taken = (_isSnapshot, _state, _waiting.Values);
            (_waiting, _isSnapshot) = ([], false);
            return taken;
        }
    }
}
