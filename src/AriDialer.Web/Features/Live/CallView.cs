using AriDialer.Web.Features.Dialing;

namespace AriDialer.Web.Features.Live;

/// <summary>A call as a page shows it to one person.</summary>
internal sealed record CallView(
    string Id,
    long Version,
    CallDirection Direction,
    CallState State,
    PartyView From,
    PartyView To,
    DateTimeOffset StartedAt,
    DateTimeOffset? RingingAt,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset? EndedAt,
    EndView? End,
    MineView? Mine);

/// <summary>One side, with its number written for people.</summary>
internal sealed record PartyView(string? UserId, string? Number, string? Display, string? Name, string? Country);

/// <summary>How a call ended, with a sentence for people.</summary>
internal sealed record EndView(EndedBy Party, string Reason, int Cause, string Sentence);

/// <summary>How the person takes part.</summary>
internal sealed record MineView(MyRole Role, string? SipCallId);

internal enum MyRole
{
    Caller,
    Callee,
}

internal enum LiveMessageKind
{
    Snapshot,
    Change,
}

/// <summary>All live calls, or those that changed since the message before.</summary>
internal sealed record LiveMessage(LiveMessageKind Kind, long Seq, IReadOnlyList<CallView> Calls);

/// <summary>Makes what one person sees of calls.</summary>
internal sealed class CallViews(TelephoneNumbers numbers, string userId, string region)
{
    public CallView Of(CallSnapshot call) => new(
        call.Id, call.Version, call.Direction, call.State, Of(call.Caller), Of(call.Callee),
        call.StartedAt, call.RingingAt, call.AnsweredAt, call.EndedAt,
        call.End is { } end ? new EndView(end.Party, end.Reason, end.Cause, EndSentences.For(end.Reason)) : null,
        Mine(call));

    private PartyView Of(CallParty party) => new(
        party.UserId,
        party.Number,
        party.Number is null ? null : numbers.Format(party.Number, region),
        party.Name,
        numbers.ReadOrNull(party.Number, region)?.Region);

    private MineView? Mine(CallSnapshot call)
    {
        if (!call.Concerns(userId))
            return null;

        var isCaller = call.Caller.UserId == userId;
        return new MineView(
            isCaller ? MyRole.Caller : MyRole.Callee,
            // The caller's leg is the first; it carries no user, for whose it is the call's caller tells.
            isCaller ? call.Legs.FirstOrDefault()?.SipCallId : null);
    }
}
