using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace AriDialer.Testing;

/// <summary>
/// Asterisk at its socket, for tests: an HTTP server on the loopback that answers and tells as 22.10.1 was seen to (logs/ beside this
/// file holds what it really sent), and that does whatever mischief a test asks of it.
/// </summary>
public sealed class FakeAsterisk : IAsyncDisposable
{
    public const string Username = "aridialer";
    public const string Password = "fake-secret";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly FakeEventHub _events;
    private readonly FakeSwitch _switch;
    private readonly FakeServer _server;
    private readonly PlaybackRoutes _playbacks;
    private readonly HashSet<string> _unreachable = [];

    private FakeAsterisk(TimeProvider time)
    {
        _events = new FakeEventHub(time);
        _switch = new FakeSwitch(_events, time);
        _playbacks = new PlaybackRoutes(_switch);
        var channels = new ChannelRoutes(_switch, _unreachable);
        var media = new MediaRoutes(_switch);
        var bridges = new BridgeRoutes(_switch, time);
        var asterisk = new AsteriskRoutes(Globals, Config, time);
        var applications = new ApplicationRoutes(_switch, _events);
        var recordings = new StoredRecordingRoutes(Recordings);
        var credentials = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Username}:{Password}"));
        _server = new FakeServer(credentials, Requests, _events, _switch, time, request =>
        {
            lock (_switch.Gate)
            {
                return media.Handle(request) ?? channels.Handle(request) ?? _playbacks.Handle(request) ?? bridges.Handle(request) ?? recordings.Handle(request) ?? asterisk.Handle(request)
                    ?? applications.Handle(request) ?? FakeAnswer.Error(404, "Resource not found");
            }
        });
        _switch.DialStarted += channel => OnDial?.Invoke(channel);
    }

    /// <summary>What AriOptions.Url takes.</summary>
    public Uri Url => _server.Url;

    public FakeRequestLog Requests { get; } = new();

    /// <summary>The global variables that were set.</summary>
    public IDictionary<string, string> Globals { get; } = new Dictionary<string, string>();

    /// <summary>The objects of dynamic configuration: class/type/id, and the fields that were put.</summary>
    public IDictionary<string, JsonArray> Config { get; } = new Dictionary<string, JsonArray>();

    /// <summary>The stored recordings: name, and the file.</summary>
    public ConcurrentDictionary<string, byte[]> Recordings { get; } = new();

    /// <summary>What happens when the app dials, for instance <c>channel => channel.Ring()</c>. Without it, the test moves the channel itself.</summary>
    public Action<FakeChannel>? OnDial { get; set; }

    /// <summary>How long after the answer to its request a created channel enters Stasis; the real one takes up to some milliseconds.</summary>
    public TimeSpan StasisDelay { get => _switch.StasisDelay; set => _switch.StasisDelay = value; }

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Latency { get => _server.Latency; set => _server.Latency = value; }

    /// <summary>How many event sockets were opened so far.</summary>
    public int SocketsOpened => _events.Opened;

    /// <summary>The bytes of a frame of the sockets to come; larger events come in fragments.</summary>
    public int FragmentSize { get => _events.FragmentSize; set => _events.FragmentSize = value; }

    public IReadOnlyList<FakeChannel> Channels
    {
        get
        {
            lock (_switch.Gate)
                return [.. _switch.Channels.Values];
        }
    }

    public IReadOnlyList<FakeBridge> Bridges
    {
        get
        {
            lock (_switch.Gate)
                return [.. _switch.Bridges.Values];
        }
    }

    /// <summary>What the media channels that are there hand out, the newest last.</summary>
    public IReadOnlyList<FakeMedia> Media => [.. Channels.Select(channel => channel.Media).OfType<FakeMedia>()];

    /// <summary>Starts one; a port of 0 takes a free one, another lets a fake come back where it was.</summary>
    public static async Task<FakeAsterisk> StartAsync(TimeProvider? time = null, int port = 0)
    {
        var asterisk = new FakeAsterisk(time ?? TimeProvider.System);
        await asterisk._server.StartAsync(port);
        return asterisk;
    }

    public FakeChannel? Channel(string id) => Channels.FirstOrDefault(channel => channel.Id == id);

    public FakeBridge? Bridge(string id) => Bridges.FirstOrDefault(bridge => bridge.Id == id);

    /// <summary>A call reaches the dialplan, which hands it over with <c>Stasis(app,args)</c>, if a socket serves the app.</summary>
    public FakeChannel Arrive(
        string exten, string from = "+12025550140", string name = "", string app = "aridialer", string args = "kind=trunk", string context = "aridialer-trunk", string? id = null) =>
        _switch.Arrive(exten, from, name, app, args, context, id);

    /// <summary>Creating a channel to this endpoint fails from now on, as it does when nobody is registered there.</summary>
    public void MakeUnreachable(string endpoint)
    {
        lock (_switch.Gate)
            _unreachable.Add(endpoint);
    }

    /// <summary>Waits until a socket serves this app.</summary>
    public Task ConnectedAsync(string app = "aridialer", int sockets = 1) =>
        _events.WaitAsync(() => _events.Opened >= sockets && _events.Serves(app), Limit);

    /// <summary>Waits until no socket is there.</summary>
    public Task DisconnectedAsync() => _events.WaitAsync(() => _events.Sockets.Count == 0, Limit);

    /// <summary>Waits until the app dials, and returns the channel.</summary>
    public async Task<FakeChannel> DialedAsync(Func<FakeChannel, bool>? which = null)
    {
        FakeChannel? found = null;
        await Requests.WaitForAsync(request => request.Segments is ["channels", _, "dial"] && Is(request.Segments[1]), what: "A dial");
        return found!;

        bool Is(string id) => (found = Channel(id)) is not null && which?.Invoke(found) != false;
    }

    /// <summary>Waits until something of this id is being played.</summary>
    public async Task PlayingAsync(string id)
    {
        using var late = new CancellationTokenSource(Limit);
        while (!_playbacks.IsPlaying(id))
            await Task.Delay(5, late.Token);
    }

    /// <summary>A playback comes to its end; false if there is none of this id.</summary>
    public bool FinishPlayback(string id) => _playbacks.Finish(id);

    /// <summary>Whether something of this id is being played.</summary>
    public bool IsPlaying(string id) => _playbacks.IsPlaying(id);

    /// <summary>A recording comes to its end, as its app is told.</summary>
    public void FinishRecording(string name, int seconds) =>
        _events.Emit("aridialer", "RecordingFinished", FakeJson.Event([("recording", FakeJson.OfRecording(name, "done", seconds))]));

    /// <summary>Sends a text as it is to every socket: an event twice, nonsense, a megabyte.</summary>
    public void Push(string text)
    {
        foreach (var socket in _events.Sockets)
            socket.Send(text);
    }

    /// <summary>Sends bytes as they are to every socket.</summary>
    public void Push(ReadOnlyMemory<byte> bytes)
    {
        foreach (var socket in _events.Sockets)
            socket.Send(bytes);
    }

    /// <summary>Breaks every event socket, without a closing frame. Calls go on, and what happens now nobody is told.</summary>
    public void DropSockets()
    {
        foreach (var socket in _events.Sockets)
            socket.Drop();
    }

    /// <summary>Closes every event socket with a closing frame, as Asterisk does when it stops.</summary>
    public void CloseSockets()
    {
        foreach (var socket in _events.Sockets)
            socket.Close();
    }

    /// <summary>From now on connections stay open and nothing passes, neither events nor answers nor pongs.</summary>
    public void Stall() => _server.Stall();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
