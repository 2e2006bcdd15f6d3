namespace AriDialer.Calls;

/// <summary>What happens to one channel of a call.</summary>
public enum LegState
{
    /// <summary>The channel is being made, or is made and not rung.</summary>
    Down,

    /// <summary>The phone rings.</summary>
    Ringing,

    /// <summary>The phone has answered.</summary>
    Up,

    /// <summary>The channel is gone, or belongs to another call now.</summary>
    Gone,
}

/// <summary>How a channel came into the call.</summary>
public enum LegRole
{
    /// <summary>It began the call.</summary>
    Caller,

    /// <summary>It was called.</summary>
    Called,

    /// <summary>The call was transferred to it.</summary>
    Transferred,

    /// <summary>It was asked before a transfer.</summary>
    Consulted,

    /// <summary>It was added to those who talk.</summary>
    Added,

    /// <summary>It was rung again because a transfer of its person had failed.</summary>
    Recalled,

    /// <summary>It came with another call that was merged into this one.</summary>
    Merged,
}

/// <summary>Where a channel of a call is heard.</summary>
public enum LegPlace
{
    /// <summary>Nowhere: it waits, rings, or is held by its own person.</summary>
    Outside,

    /// <summary>With those who talk.</summary>
    Main,

    /// <summary>In the consultation.</summary>
    Consult,
}

/// <summary>One channel of a call as others may see it.</summary>
/// <param name="ChannelId">The channel's id in Asterisk.</param>
/// <param name="Endpoint">The PJSIP endpoint's name (a browser's is made for its session), or the technology's address.</param>
/// <param name="SipCallId">The SIP Call-ID of a browser that called, by which its page knows the call; else null.</param>
/// <param name="UserId">Whose phone it is, where it is one of ours.</param>
/// <param name="State">What happens to it.</param>
public sealed record LegSnapshot(string ChannelId, string Endpoint, string? SipCallId, string? UserId, LegState State)
{
    /// <summary>Who is at it.</summary>
    public CallParty Party { get; init; } = CallParty.Unknown;

    /// <summary>How it came into the call.</summary>
    public LegRole Role { get; init; }

    /// <summary>Where it is heard.</summary>
    public LegPlace Place { get; init; }

    /// <summary>True while its person has put the others on hold.</summary>
    public bool Holding { get; init; }

    /// <summary>True while its own phone has put the call on hold (a re-INVITE).</summary>
    public bool PhoneHold { get; init; }

    /// <summary>True while nothing that it says is heard.</summary>
    public bool Muted { get; init; }

    /// <summary>True while the connection to its phone is lost: its place is kept for a while, and the others hear music.</summary>
    public bool IsAway { get; init; }

    /// <summary>The first of the same person's channels that this one goes on for, where the connection to their phone was lost; else null.</summary>
    public string? Continues { get; init; }

    /// <summary>Since when it rings, where it does.</summary>
    internal DateTimeOffset? RingsSince { get; init; }
}
