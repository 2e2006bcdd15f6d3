using System.Text.Json.Nodes;

namespace AriDialer.Testing;

/// <summary>Who listens to which application. The newest socket has it; an event that nobody listens to is lost.</summary>
internal sealed class FakeEventHub(TimeProvider time)
{
    public const string AsteriskId = "02:00:00:00:00:01";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, FakeSocket> _byApp = [];
    private readonly List<FakeSocket> _open = [];
    private readonly Dictionary<string, HashSet<string>> _disallowed = [];
    private readonly Dictionary<string, HashSet<string>> _allowed = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many sockets were ever opened.</summary>
    public int Opened { get; private set; }

    public int FragmentSize { get; set; } = int.MaxValue;

    public IReadOnlyList<FakeSocket> Sockets
    {
        get
        {
            lock (_gate)
                return [.. _open];
        }
    }

    public bool Serves(string app)
    {
        lock (_gate)
            return _byApp.ContainsKey(app);
    }

    public void Attach(FakeSocket socket)
    {
        lock (_gate)
        {
            _open.Add(socket);
            socket.FragmentSize = FragmentSize;
            foreach (var app in socket.Apps)
            {
                // The older one stays open, and hears nothing any more.
                if (_byApp.TryGetValue(app, out var older))
                    older.Send(Text(app, "ApplicationReplaced", new JsonObject()));
                _byApp[app] = socket;
            }

            Opened++;
            Notify();
        }
    }

    public void Detach(FakeSocket socket)
    {
        lock (_gate)
        {
            _open.Remove(socket);
            foreach (var app in socket.Apps.Where(app => _byApp.GetValueOrDefault(app) == socket))
                _byApp.Remove(app);
            Notify();
        }
    }

    public void Filter(string app, HashSet<string>? allowed, HashSet<string>? disallowed)
    {
        lock (_gate)
        {
            _allowed.Remove(app);
            _disallowed.Remove(app);
            if (allowed is { Count: > 0 })
                _allowed.Add(app, allowed);
            if (disallowed is { Count: > 0 })
                _disallowed.Add(app, disallowed);
        }
    }

    public void Emit(string app, string type, JsonObject fields)
    {
        lock (_gate)
        {
            if (_disallowed.TryGetValue(app, out var no) && no.Contains(type))
                return;
            if (_allowed.TryGetValue(app, out var yes) && !yes.Contains(type))
                return;
            if (_byApp.TryGetValue(app, out var socket))
                socket.Send(Text(app, type, fields));
        }
    }

    /// <summary>Waits until at least so many sockets were opened and one of them is there now.</summary>
    public async Task WaitAsync(Func<bool> isSo, TimeSpan limit)
    {
        using var late = new CancellationTokenSource(limit);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (isSo())
                    return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(late.Token);
        }
    }

    private void Notify()
    {
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }

    private string Text(string app, string type, JsonObject fields)
    {
        fields.Insert(0, "type", type);
        fields.Insert(1, "timestamp", FakeJson.Time(time.GetUtcNow()));
        fields.Add("asterisk_id", AsteriskId);
        fields.Add("application", app);
        return fields.ToJsonString();
    }
}
