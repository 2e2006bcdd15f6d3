using System.Collections.Immutable;

namespace AriDialer.Calls;

/// <summary>Where a call comes from and where it goes, seen from the people who own the phones.</summary>
public enum CallDirection
{
    /// <summary>From the telephone network to a person of ours.</summary>
    Inbound,

    /// <summary>From a person of ours to the telephone network.</summary>
    Outbound,

    /// <summary>Between two people of ours.</summary>
    Internal,
}

/// <summary>The states of a call; the transitions between them stand on top of <c>Call.cs</c>.</summary>
public enum CallState
{
    /// <summary>The caller has entered Stasis; who is to be rung is being decided.</summary>
    Arriving,

    /// <summary>Somebody is being rung, but nothing has rung yet.</summary>
    Dialing,

    /// <summary>At least one phone rings, or the far side sends early media.</summary>
    Ringing,

    /// <summary>Both sides are answered and in one bridge.</summary>
    Connected,

    /// <summary>Nobody took the call: the caller hears a greeting and leaves a message.</summary>
    Voicemail,

    /// <summary>The end is decided; the channels are being hung up.</summary>
    Ending,

    /// <summary>No channel is left.</summary>
    Ended,
}

/// <summary>One side of a call: a person of ours, a telephone number, or both; or a team, until one of it has answered.</summary>
/// <param name="UserId">The person's id where the side is one of ours, else null.</param>
/// <param name="Number">E.164, or null where there is none (withheld, or a person without a number).</param>
/// <param name="Name">What to show: a person's name, or the caller name that the trunk sent.</param>
public sealed record CallParty(string? UserId, string? Number, string? Name)
{
    /// <summary>The team's id where the side is a team, and nobody of it in particular; else null.</summary>
    public string? TeamId { get; init; }

    /// <summary>A side about which nothing is known.</summary>
    public static CallParty Unknown { get; } = new(null, null, null);
}

/// <summary>Which side ended a call.</summary>
public enum EndedBy
{
    /// <summary>The side on the telephone network.</summary>
    Customer,

    /// <summary>A person of ours, by hanging up, cancelling or rejecting.</summary>
    Agent,

    /// <summary>A supervisor, from the page.</summary>
    Supervisor,

    /// <summary>AriDialer, Asterisk or the trunk.</summary>
    System,
}

/// <summary>How a call ended.</summary>
/// <param name="Party">Which side ended it.</param>
/// <param name="Reason">One of <see cref="EndReasons"/>.</param>
/// <param name="Cause">Asterisk's Q.850 cause, 0 where none was given.</param>
/// <param name="UserId">The person of ours who ended it, where one did.</param>
/// <param name="Estimated">True where the end was found later, not seen as it happened.</param>
public sealed record CallEnd(EndedBy Party, string Reason, int Cause, string? UserId = null, bool Estimated = false);

/// <summary>Somebody asks another person before a transfer, or to bring them in: both talk in a bridge of their own.</summary>
/// <param name="ByUserId">Who asks.</param>
/// <param name="ByChannelId">Their channel.</param>
/// <param name="Party">Who is asked.</param>
/// <param name="IsUp">True once who is asked has answered.</param>
/// <param name="TalksToOthers">True while who asks has swapped back to the others.</param>
public sealed record Consultation(string? ByUserId, string ByChannelId, CallParty Party, bool IsUp, bool TalksToOthers);

/// <summary>A transfer whose target rings.</summary>
/// <param name="ByUserId">Who transfers.</param>
/// <param name="Party">Where to.</param>
public sealed record PendingTransfer(string? ByUserId, CallParty Party);

/// <summary>Something that people in the call should be told, until the next one.</summary>
/// <param name="Id">Rises with each notice of a call.</param>
/// <param name="UserId">Whom it is for; null for everybody.</param>
/// <param name="Kind">One of <see cref="NoticeKinds"/>.</param>
/// <param name="Reason">Why: one of <see cref="EndReasons"/>; null where there is none.</param>
/// <param name="Who">Whom it is about.</param>
public sealed record CallNotice(int Id, string? UserId, string Kind, string? Reason, CallParty Who);

/// <summary>The message that a caller leaves.</summary>
/// <param name="UserId">Whose mailbox it is for.</param>
/// <param name="RecordingName">The name of Asterisk's stored recording.</param>
/// <param name="Seconds">How long it is; null until it was recorded to its end, 0 where nothing was left.</param>
public sealed record VoicemailMessage(string UserId, string RecordingName, int? Seconds);

/// <summary>A call at one moment: immutable, complete, in the order of <see cref="Version"/>.</summary>
/// <param name="Id">The call's id.</param>
/// <param name="Version">Rises by one with each change of this call.</param>
/// <param name="Direction">Where it comes from and goes to.</param>
/// <param name="State">Its state.</param>
/// <param name="Caller">The side that called.</param>
/// <param name="Callee">The side that is called; once answered, who answered.</param>
/// <param name="StartedAt">When the caller's channel was made.</param>
/// <param name="RingingAt">When the first phone rang.</param>
/// <param name="AnsweredAt">When both sides were answered.</param>
/// <param name="EndedAt">When the end was decided.</param>
/// <param name="End">How it ended; null until then.</param>
/// <param name="Legs">Its channels, the caller's first; those included that are gone.</param>
public sealed record CallSnapshot(
    string Id,
    long Version,
    CallDirection Direction,
    CallState State,
    CallParty Caller,
    CallParty Callee,
    DateTimeOffset StartedAt,
    DateTimeOffset? RingingAt,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset? EndedAt,
    CallEnd? End,
    ImmutableArray<LegSnapshot> Legs)
{
    /// <summary>The team that was called, whoever took the call then; the last one where it went from team to team. Null where none was.</summary>
    public CallParty? Team { get; init; }

    /// <summary>The person who may mute and remove others; null where no person of ours takes part.</summary>
    public string? OwnerUserId { get; init; }

    /// <summary>Who is asked by whom; null where nobody is.</summary>
    public Consultation? Consultation { get; init; }

    /// <summary>The transfer that is under way; null where none is.</summary>
    public PendingTransfer? Transfer { get; init; }

    /// <summary>What people were last told; null where nothing was.</summary>
    public CallNotice? Notice { get; init; }

    /// <summary>The message that the caller leaves; null where the call did not come to a mailbox.</summary>
    public VoicemailMessage? Message { get; init; }

    /// <summary>False where the rules do not let it be recorded.</summary>
    public bool MayBeRecorded { get; init; } = true;

    /// <summary>What is and was recorded of it; null where nothing ever was.</summary>
    public CallRecording? Recording { get; init; }

    /// <summary>True where the person takes part: as caller, as callee, or with a phone that rings.</summary>
    public bool Concerns(string userId) =>
        Caller.UserId == userId || Callee.UserId == userId || Legs.Any(leg => leg.UserId == userId);

    /// <summary>The person's channel in the call that is up; null where there is none.</summary>
    public LegSnapshot? LegOf(string userId) => Legs.FirstOrDefault(leg => leg.State == LegState.Up && leg.UserId == userId);
}
