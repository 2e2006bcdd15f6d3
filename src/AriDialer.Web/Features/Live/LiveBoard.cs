namespace AriDialer.Web.Features.Live;

/// <summary>The calls of this moment, as the feed told them, and everybody who watches them.</summary>
internal sealed class LiveBoard(CallFeed feed) : BackgroundService
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CallSnapshot> _calls = [];
    private readonly List<LiveWatcher> _watchers = [];
    private readonly CallFeed.Subscription _subscription = feed.Subscribe();
    private long _sequence;

    /// <summary>Watches from now on, beginning with the calls of this moment. Disposing the result ends it.</summary>
    /// <param name="userId">The person whose calls they are; null for everybody's.</param>
    public LiveWatcher Watch(string? userId)
    {
        lock (_gate)
        {
            var watcher = new LiveWatcher(this, userId, _sequence, _calls.Values);
            _watchers.Add(watcher);
            return watcher;
        }
    }

    /// <summary>A call that has not ended, as it was last told; null where there is none of that id.</summary>
    public CallSnapshot? Find(string callId)
    {
        lock (_gate)
        {
            return _calls.GetValueOrDefault(callId);
        }
    }

    public override void Dispose()
    {
        _subscription.Dispose();
        base.Dispose();
    }

    internal void Remove(LiveWatcher watcher)
    {
        lock (_gate)
        {
            _watchers.Remove(watcher);
        }
    }

    /// <summary>Begins a watcher anew that has fallen far behind.</summary>
    internal void Restart(LiveWatcher watcher)
    {
        lock (_gate)
        {
            watcher.Begin(_sequence, _calls.Values);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in _subscription.Changes.ReadAllAsync(stoppingToken))
        {
            Apply(change);
        }
    }

    private void Apply(CallChange change)
    {
        lock (_gate)
        {
            _sequence = change.Sequence;
            if (change.Call.State == CallState.Ended)
                _calls.Remove(change.Call.Id);
            else
                _calls[change.Call.Id] = change.Call;

            foreach (var watcher in _watchers)
            {
                watcher.Offer(change);
            }
        }
    }
}
