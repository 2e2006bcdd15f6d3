namespace AriDialer.Calls;

/// <summary>One channel of a call. Only its <see cref="Call"/> touches it.</summary>
internal sealed class Leg(string channelId, string endpoint, string? userId)
{
    internal string ChannelId { get; } = channelId;

    internal string Endpoint { get; } = endpoint;

    internal string? UserId { get; } = userId;

    internal string? SipCallId { get; init; }

    internal LegState State { get; set; }

    /// <summary>The Q.850 cause, once it is gone.</summary>
    internal int Cause { get; set; }

    /// <summary>True once Asterisk is known to have made it: only then does its absence mean that it ended.</summary>
    internal bool Exists { get; set; }

    /// <summary>True once it was seen to leave Stasis: what is left of it is its end.</summary>
    internal bool LeftStasis { get; set; }

    /// <summary>True once it was put into the call's bridge.</summary>
    internal bool Bridged { get; set; }

    internal bool IsGone => State == LegState.Gone;

    internal LegSnapshot ToSnapshot() => new(ChannelId, Endpoint, SipCallId, UserId, State);
}
