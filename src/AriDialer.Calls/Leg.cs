using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

/// <summary>One channel of a call. Only its <see cref="Call"/> touches it.</summary>
internal sealed class Leg(string channelId, string endpoint, string? userId, LegRole role)
{
    internal string ChannelId { get; } = channelId;

    internal string Endpoint { get; } = endpoint;

    internal string? UserId { get; set; } = userId;

    internal CallParty Party { get; set; } = CallParty.Unknown;

    internal LegRole Role { get; set; } = role;

    internal string? SipCallId { get; init; }

    internal LegState State { get; set; }

    /// <summary>The Q.850 cause, once it is gone.</summary>
    internal int Cause { get; set; }

    /// <summary>With which of the call's inputs Asterisk came to be known to have it (<see cref="Call.Taken"/>); null before that.</summary>
    internal long? ExistsSince { get; set; }

    /// <summary>True once Asterisk is known to have made it: only then does its absence mean that it ended.</summary>
    internal bool Exists => ExistsSince is not null;

    /// <summary>True once it was seen to leave Stasis: what is left of it is its end.</summary>
    internal bool LeftStasis { get; set; }

    /// <summary>True once it was given back to the dialplan: that it leaves is no end of the channel.</summary>
    internal bool GoesBack { get; set; }

    /// <summary>True once its person said no, from whichever page: the cause that comes back need not say so.</summary>
    internal bool Rejected { get; set; }

    /// <summary>Where it belongs, as long as its person does not hold.</summary>
    internal LegPlace Place { get; set; }

    /// <summary>Where Asterisk was last asked to put it; null where that is not known, after a restart or a refusal.</summary>
    internal LegPlace? PutInto { get; set; } = LegPlace.Outside;

    /// <summary>True where Asterisk did not put it where it was asked to.</summary>
    internal bool IsMisplaced { get; set; }

    internal bool Holding { get; set; }

    internal bool PhoneHold { get; set; }

    internal bool Muted { get; set; }

    /// <summary>Since when nothing comes from its phone, whose connection is lost; null where all is well.</summary>
    internal DateTimeOffset? AwaySince { get; set; }

    /// <summary>True once its place was kept for as long as it may be.</summary>
    internal bool IsGivenUp { get; set; }

    /// <summary>As what it was made; null where an earlier process made it.</summary>
    internal DialTarget? Target { get; init; }

    /// <summary>When it began to ring; long ago where an earlier process saw it; null where it has not.</summary>
    internal DateTimeOffset? RingsSince { get; set; }

    /// <summary>What is recorded of the call if it answers, where that is not what the call's own rule says; else null.</summary>
    internal RecordingRule? Recording { get; init; }

    /// <summary>The file that is being recorded of it; null while none is.</summary>
    internal Track? Track { get; set; }

    /// <summary>True where recording it has failed: it is not tried again until somebody wants it.</summary>
    internal bool CannotBeRecorded { get; set; }

    /// <summary>The first of the same person's channels that this one goes on for, where their connection was lost; else null.</summary>
    internal string? Continues { get; set; }

    /// <summary>True while it is made to hear that somebody is being rung for it.</summary>
    internal bool HearsRinging { get; set; }

    /// <summary>True once it was asked to end while the others go on: it counts no more.</summary>
    internal bool Leaving { get; set; }

    internal bool IsGone => State == LegState.Gone;

    /// <summary>True while its person takes part.</summary>
    internal bool TakesPart => State == LegState.Up && !Leaving;

    internal LegSnapshot ToSnapshot() => new(ChannelId, Endpoint, SipCallId, UserId, State)
    {
        Party = Party,
        Role = Role,
        Place = Holding || AwaySince is not null || State != LegState.Up ? LegPlace.Outside : Place,
        Holding = Holding,
        PhoneHold = PhoneHold,
        Muted = Muted,
        IsAway = AwaySince is not null,
        Continues = Continues,
        RingsSince = State == LegState.Ringing && !Leaving ? RingsSince : null,
    };
}
