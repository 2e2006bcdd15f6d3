using AriDialer.Web.Data;

namespace AriDialer.Web.Features.History;

/// <summary>Adds lines to the timeline of a call's row, each exactly once.</summary>
internal static class CallTimeline
{
    /// <summary>
    /// What happens once in a call. An application that was killed may have written it, though its successor, to whom the call's
    /// mark says less, sees it happen again.
    /// </summary>
    public static readonly string[] Milestones = [MomentKinds.Started, MomentKinds.Ringing, MomentKinds.Answered];

    /// <summary>Adds what was told since the row was written last.</summary>
    /// <param name="row">The call's row.</param>
    /// <param name="moments">What was told, in order.</param>
    /// <param name="known">The milestones that timelines have, to which it adds.</param>
    public static void Append(CallRecord row, IReadOnlyList<PendingMoment> moments, HashSet<(string CallId, string Kind)> known)
    {
        foreach (var (_, moment) in moments.Where(told => told.Sequence > row.EventsUpTo))
        {
            if (!Milestones.Contains(moment.Kind) || known.Add((row.Id, moment.Kind)))
                Append(row, moment);
        }

        if (moments.Count > 0)
            row.EventsUpTo = Math.Max(row.EventsUpTo, moments[^1].Sequence);
    }

    /// <summary>Adds the milestones that an application that was killed had told but not yet written: the call knows when they were.</summary>
    public static void Complete(CallRecord row, PendingCall pending, HashSet<(string CallId, string Kind)> known)
    {
        Add(MomentKinds.Started, pending.Call.StartedAt, pending.Call.Caller.UserId, pending.Call.Callee);
        Add(MomentKinds.Ringing, pending.Call.RingingAt, null, pending.Call.Callee);
        Add(MomentKinds.Answered, pending.Call.AnsweredAt, pending.Call.Callee.UserId, pending.Call.Callee);

        void Add(string kind, DateTimeOffset? at, string? by, CallParty who)
        {
            if (at is { } moment && pending.Moments.All(told => told.Moment.Kind != kind) && known.Add((row.Id, kind)))
                Append(row, new CallMoment(moment, kind, by, who, null));
        }
    }

    /// <summary>Adds one line.</summary>
    public static void Append(CallRecord row, CallMoment moment) => row.Events.Add(new CallEvent
    {
        CallId = row.Id,
        Number = ++row.EventCount,
        At = moment.At,
        Kind = moment.Kind,
        ByUserId = moment.ByUserId,
        WhoUserId = moment.Who?.UserId,
        WhoNumber = moment.Who?.Number,
        WhoName = moment.Who?.Name,
        Detail = moment.Detail,
    });
}
