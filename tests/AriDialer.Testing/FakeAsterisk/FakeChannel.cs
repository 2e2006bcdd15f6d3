namespace AriDialer.Testing;

/// <summary>
/// A channel of the fake. Its methods are what its far end does; what the app does comes through requests. Each emits the events that
/// Asterisk 22.10.1 was seen to send, to whom it was seen to send them.
/// </summary>
public sealed class FakeChannel
{
    private readonly FakeSwitch _switch;

    internal FakeChannel(FakeSwitch @switch, string id, string name, DateTimeOffset createdAt)
    {
        _switch = @switch;
        Id = id;
        Name = name;
        CreatedAt = createdAt;
    }

    public string Id { get; }

    public string Name { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>Down, Ring, Ringing or Up.</summary>
    public string State { get; internal set; } = "Down";

    public string CallerNumber { get; internal set; } = "";

    public string CallerName { get; internal set; } = "";

    public string ConnectedNumber { get; internal set; } = "";

    public string ConnectedName { get; internal set; } = "";

    public string Context { get; internal set; } = "";

    public string Exten { get; internal set; } = "";

    public int Priority { get; internal set; } = 1;

    /// <summary>The application that holds the channel; null once it has left Stasis.</summary>
    public string? App { get; internal set; }

    public string Args { get; internal set; } = "";

    /// <summary>What the app set, and what a test lets the dialplan have set: <c>CHANNEL(pjsip,call-id)</c> is a name like any other.</summary>
    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>();

    public FakeBridge? Bridge { get; internal set; }

    /// <summary>Whether dial was asked for.</summary>
    public bool Dialed { get; internal set; }

    /// <summary>The dial string of a channel that the app created; null for one that arrived.</summary>
    public string? Endpoint { get; internal init; }

    public bool Gone { get; internal set; }

    /// <summary>The Q.850 cause that it ended with.</summary>
    public int Cause { get; internal set; }

    /// <summary>Where continue sent it: context, extension, priority or label, as asked.</summary>
    public IReadOnlyDictionary<string, string>? ContinuedAt { get; internal set; }

    /// <summary>True where no packet comes from its far end.</summary>
    public bool IsSilent { get; set; }

    /// <summary>How many packets have come; some have by the time that anybody asks.</summary>
    public long Packets { get; set; } = 50;

    internal HashSet<string> Reported { get; } = [];

    // A created channel is subscribed to by its app for good; one from the dialplan only while it is in Stasis, unless asked for.
    // So the last that is told of the latter is StasisEnd: no ChannelDestroyed follows.
    internal string? SubscribedBy { get; set; }

    internal string? Listener => App ?? SubscribedBy;

    /// <summary>The sound that it hands out, where it is a media channel.</summary>
    public FakeMedia? Media { get; internal init; }

    // The channel that this one hears, and ends with.
    internal FakeChannel? Spied { get; init; }

    internal ITimer? DialTimer { get; set; }

    /// <summary>The far end rings.</summary>
    public void Ring() => _switch.FarEnd(this, "Ringing", "RINGING");

    /// <summary>The far end sends early media.</summary>
    public void Progress() => _switch.FarEnd(this, null, "PROGRESS");

    /// <summary>The far end answers.</summary>
    public void Answer() => _switch.FarEnd(this, "Up", "ANSWER");

    /// <summary>The far end hangs up, or refuses: 16 normal, 17 busy, 19 no answer, 21 rejected, 34 congestion, 1 no such number.</summary>
    public void HangUp(int cause = 16) => _switch.HangUp(this, cause, byUs: false);

    /// <summary>The far end presses a key.</summary>
    public void Press(char digit, int durationMs = 100) =>
        _switch.Tell(this, "ChannelDtmfReceived", ("digit", digit.ToString()), ("duration_ms", durationMs));
}
