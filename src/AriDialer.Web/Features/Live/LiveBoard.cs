using System.Collections.Immutable;

namespace AriDialer.Web.Features.Live;

/// <summary>The calls of this moment, as the feed told them, and everybody who watches them.</summary>
internal sealed class LiveBoard(CallFeed feed) : BackgroundService
{
    /// <summary>More than these nobody reads: of a call that is full of them, the first ones are shown.</summary>
    private const int MostFlags = 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, CallSnapshot> _calls = [];
    private readonly Dictionary<string, ImmutableList<CountedFlag>> _flags = [];
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

    /// <summary>What is watched for and was said in a call so far, in the order in which it was first said.</summary>
    public IReadOnlyList<CountedFlag> FlagsOf(string callId)
    {
        lock (_gate)
        {
            return _flags.GetValueOrDefault(callId, []);
        }
    }

    /// <summary>Something that is watched for was said in a call: whoever watches the call is told. It is forgotten with the call's end.</summary>
    public void Flag(string callId, IEnumerable<CallFlag> flags)
    {
        lock (_gate)
        {
            if (!_calls.TryGetValue(callId, out var call))
                return;

            var known = _flags.GetValueOrDefault(callId, []);
            foreach (var flag in flags)
            {
                var at = known.FindIndex(one => one.Flag == flag);
                if (at >= 0)
                    known = known.SetItem(at, known[at] with { Count = known[at].Count + 1 });
                else if (known.Count < MostFlags)
                    known = known.Add(new CountedFlag(flag, 1));
            }

            _flags[callId] = known;
            foreach (var watcher in _watchers)
            {
                watcher.Offer(new CallChange(_sequence, call, []));
            }
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
            {
                _calls.Remove(change.Call.Id);
                _flags.Remove(change.Call.Id);
            }
            else
            {
                _calls[change.Call.Id] = change.Call;
            }

            foreach (var watcher in _watchers)
            {
                watcher.Offer(change);
            }
        }
    }
}
