using System.Text.Json.Nodes;

namespace AriDialer.Testing;

/// <summary>What the fake knows: channels and bridges, and what happens to them. All of it happens under one lock, in one order.</summary>
internal sealed partial class FakeSwitch(FakeEventHub events, TimeProvider time)
{
    private int _arrivals;

    public Lock Gate { get; } = new();

    public Dictionary<string, FakeChannel> Channels { get; } = [];

    public Dictionary<string, FakeBridge> Bridges { get; } = [];

    public event Action<FakeChannel>? DialStarted;

    /// <summary>Raised before a channel leaves Stasis: what is done to it ends.</summary>
    public event Action<FakeChannel>? LeavingStasis;

    public FakeChannel Arrive(string exten, string from, string name, string app, string args, string context, string? id)
    {
        lock (Gate)
        {
            var number = ++_arrivals;
            var channel = new FakeChannel(this, id ?? $"arrived-{number}", $"PJSIP/{context}-{number:x8}", time.GetUtcNow())
            {
                State = "Ring",
                CallerNumber = from,
                CallerName = name,
                Context = context,
                Exten = exten,
                Priority = 2,
            };
            Channels.Add(channel.Id, channel);

            // With no socket Stasis() fails at once, and the dialplan goes on by itself.
            if (events.Serves(app))
                Enter(channel, app, args);
            return channel;
        }
    }

    /// <summary>How long after the answer to its request a created channel enters Stasis; until then it can't be dialled (409).</summary>
    public TimeSpan StasisDelay { get; set; }

    public FakeChannel Create(string id, string endpoint, string app, string args)
    {
        var channel = new FakeChannel(this, id, $"{endpoint}-{Channels.Count + 1:x8}", time.GetUtcNow()) { Endpoint = endpoint, SubscribedBy = app };
        Channels.Add(id, channel);
        _ = EnterLaterAsync(channel, app, args);
        return channel;
    }

    public void Dial(FakeChannel channel, FakeChannel? caller, TimeSpan? limit)
    {
        channel.Dialed = true;
        if (caller is not null)
        {
            (channel.ConnectedNumber, channel.ConnectedName) = (caller.CallerNumber, caller.CallerName);
            Tell(channel, "ChannelConnectedLine");
        }

        TellDial(channel, "");
        if (limit is { } span && span > TimeSpan.Zero)
            channel.DialTimer = time.CreateTimer(_ => NoAnswer(channel), null, span, Timeout.InfiniteTimeSpan);
        DialStarted?.Invoke(channel);
    }

    public void FarEnd(FakeChannel channel, string? state, string dialStatus)
    {
        lock (Gate)
        {
            if (channel.Gone)
                return;
            if (state is not null)
                ChangeState(channel, state);
            if (channel.Dialed)
                TellDial(channel, dialStatus);
            if (state == "Up")
                channel.DialTimer?.Dispose();
        }
    }

    public void ChangeState(FakeChannel channel, string state)
    {
        channel.State = state;
        Tell(channel, "ChannelStateChange");
    }

    /// <summary>Ends a channel. Asked for by us, the request is a soft one with cause 32, whatever cause was given.</summary>
    public void HangUp(FakeChannel channel, int cause, bool byUs)
    {
        lock (Gate)
        {
            if (channel.Gone)
                return;
            channel.DialTimer?.Dispose();
            if (byUs)
                Tell(channel, "ChannelHangupRequest", ("cause", 32), ("soft", true));
            else
                Tell(channel, "ChannelHangupRequest", ("cause", cause));
            LeaveStasis(channel);
            channel.Gone = true;
            channel.Cause = cause;
            Channels.Remove(channel.Id);
            channel.Media?.Close();
            Tell(channel, "ChannelDestroyed", ("cause", cause), ("cause_txt", FakeCauses.Text(cause)));
            foreach (var snoop in Channels.Values.Where(other => other.Spied == channel).ToList())
                HangUp(snoop, cause: 0, byUs: false);
        }
    }

    public void Vanish(FakeChannel channel)
    {
        channel.DialTimer?.Dispose();
        channel.Bridge?.Remove(channel);
        (channel.Bridge, channel.App, channel.SubscribedBy, channel.Gone) = (null, null, null, true);
        Channels.Remove(channel.Id);
    }

    public void LeaveStasis(FakeChannel channel)
    {
        LeaveBridge(channel);
        if (channel.App is null)
            return;
        LeavingStasis?.Invoke(channel);
        Tell(channel, "StasisEnd");
        channel.App = null;
    }

    public void EnterBridge(FakeChannel channel, FakeBridge bridge)
    {
        if (channel.Bridge == bridge)
            return;
        LeaveBridge(channel);
        bridge.Add(channel);
        channel.Bridge = bridge;
        bridge.Watchers.Add(channel.App!);
        Tell(channel, "ChannelEnteredBridge", ("bridge", FakeJson.Of(bridge)));
    }

    public void LeaveBridge(FakeChannel channel)
    {
        if (channel.Bridge is not { } bridge)
            return;
        bridge.Remove(channel);
        channel.Bridge = null;
        Tell(channel, "ChannelLeftBridge", ("bridge", FakeJson.Of(bridge)));
    }

    public void Destroy(FakeBridge bridge)
    {
        foreach (var channel in bridge.Channels.ToList())
            LeaveBridge(channel);
        Bridges.Remove(bridge.Id);
        foreach (var app in bridge.Watchers)
            events.Emit(app, "BridgeDestroyed", FakeJson.Event([("bridge", FakeJson.Of(bridge))]));
    }

    /// <summary>Tells of a channel, with the channel.</summary>
    public void Tell(FakeChannel channel, string type, params (string Name, JsonNode? Value)[] fields) =>
        TellOf(channel, type, [.. fields, ("channel", FakeJson.Of(channel))]);

    /// <summary>Tells those who listen to a channel.</summary>
    public void TellOf(FakeChannel channel, string type, params (string Name, JsonNode? Value)[] fields)
    {
        lock (Gate)
        {
            if (channel.Listener is { } app)
                events.Emit(app, type, FakeJson.Event(fields));
        }
    }

    /// <summary>Tells those who listen to a bridge.</summary>
    public void TellOf(FakeBridge bridge, string type, params (string Name, JsonNode? Value)[] fields)
    {
        lock (Gate)
        {
            foreach (var app in bridge.Watchers)
                events.Emit(app, type, FakeJson.Event(fields));
        }
    }

    private void Enter(FakeChannel channel, string app, string args)
    {
        channel.App = app;
        channel.Args = args;
        var list = args.Length == 0 ? [] : args.Split(',');
        Tell(channel, "StasisStart", ("args", new JsonArray([.. list.Select(arg => (JsonNode)arg)])));
    }

    // A created channel whose app nobody serves is hung up, and nobody is told: 22.10.1 logs "Stasis app 'aridialer' not active".
    private async Task EnterLaterAsync(FakeChannel channel, string app, string args)
    {
        if (StasisDelay > TimeSpan.Zero)
            await Task.Delay(StasisDelay, time);
        lock (Gate)
        {
            if (!channel.Gone && events.Serves(app))
                Enter(channel, app, args);
            else if (!channel.Gone)
                Vanish(channel);
        }
    }

    private void TellDial(FakeChannel channel, string status) =>
        TellOf(channel, "Dial", ("dialstatus", status), ("forward", ""), ("dialstring", ""), ("peer", FakeJson.Of(channel)));

    private void NoAnswer(FakeChannel channel)
    {
        if (channel.State != "Up")
            HangUp(channel, 19, byUs: true);
    }
}
