using System.Runtime.CompilerServices;

namespace AriDialer.Web.Features.Live;

/// <summary>What one watcher gets: a snapshot, then the calls that changed. A slow one gets fewer, larger messages; each holds the newest state.</summary>
internal sealed class LiveWatcher : IDisposable
{
    /// <summary>More calls than this waiting for one watcher: it is told everything anew instead.</summary>
    private const int MostWaiting = 1000;

    private readonly Lock _gate = new();
    private readonly LiveBoard _board;
    private readonly string? _userId;
    private readonly SemaphoreSlim _waits = new(1, 1);
    private readonly HashSet<string> _told = [];
    private Dictionary<string, CallSnapshot> _waiting = [];
    private bool _isSnapshot;
    private bool _isBehind;
    private long _sequence;

    public LiveWatcher(LiveBoard board, string? userId, long sequence, IEnumerable<CallSnapshot> calls)
    {
        (_board, _userId) = (board, userId);
        Begin(sequence, calls);
    }

    public void Dispose() => _board.Remove(this);

    /// <summary>The messages, for ever; the first is a snapshot.</summary>
    public async IAsyncEnumerable<(LiveMessageKind Kind, long Sequence, IReadOnlyCollection<CallSnapshot> Calls)> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            await _waits.WaitAsync(cancellationToken);
            if (_isBehind)
                _board.Restart(this);

            yield return Take();
        }
    }

    internal void Begin(long sequence, IEnumerable<CallSnapshot> calls)
    {
        lock (_gate)
        {
            _waiting = calls.Where(IsForMe).ToDictionary(call => call.Id);
            _told.Clear();
            _told.UnionWith(_waiting.Keys);
            (_sequence, _isSnapshot, _isBehind) = (sequence, true, false);
        }
    }

    internal void Offer(CallChange change)
    {
        lock (_gate)
        {
            // Who was told of a call is told its end, also when somebody else's phone has answered it.
            if (_isBehind || !(_told.Contains(change.Call.Id) || IsForMe(change.Call)))
                return;

            _sequence = change.Sequence;
            _told.Add(change.Call.Id);
            if (change.Call.State == CallState.Ended)
                _told.Remove(change.Call.Id);
            if (_isSnapshot && change.Call.State == CallState.Ended)
                _waiting.Remove(change.Call.Id);
            else
                _waiting[change.Call.Id] = change.Call;

            if (_waiting.Count > MostWaiting && !_isSnapshot)
                (_waiting, _isBehind) = ([], true);
            if (_waits.CurrentCount == 0)
                _waits.Release();
        }
    }

    private (LiveMessageKind Kind, long Sequence, IReadOnlyCollection<CallSnapshot> Calls) Take()
    {
        lock (_gate)
        {
            var taken = (_isSnapshot ? LiveMessageKind.Snapshot : LiveMessageKind.Change, _sequence, _waiting.Values);
            (_waiting, _isSnapshot) = ([], false);
            return taken;
        }
    }

    private bool IsForMe(CallSnapshot call) => _userId is null || call.Concerns(_userId);
}
