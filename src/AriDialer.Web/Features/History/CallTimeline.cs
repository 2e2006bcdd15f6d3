using AriDialer.Web.Data;

namespace AriDialer.Web.Features.History;

/// <summary>Adds lines to the timeline of a call's row, each exactly once.</summary>
internal static class CallTimeline
{
    /// <summary>Adds what was told since the row was written last.</summary>
    public static void Append(CallRecord row, IReadOnlyList<PendingMoment> moments)
    {
        foreach (var (_, moment) in moments.Where(told => told.Sequence > row.EventsUpTo))
        {
            Append(row, moment);
        }

        if (moments.Count > 0)
            row.EventsUpTo = Math.Max(row.EventsUpTo, moments[^1].Sequence);
    }

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

    /// <summary>
    /// What an application that was killed had told but not yet written: its successor knows when these were, for the call does.
    /// </summary>
    /// <param name="row">The row that the killed one left.</param>
    /// <param name="known">The kinds of the lines that it has.</param>
    /// <param name="pending">What is told of the call now.</param>
    public static void Complete(CallRecord row, IReadOnlyCollection<string> known, PendingCall pending)
    {
        Add(MomentKinds.Started, pending.Call.StartedAt, pending.Call.Caller.UserId, pending.Call.Callee);
        Add(MomentKinds.Ringing, pending.Call.RingingAt, null, pending.Call.Callee);
        Add(MomentKinds.Answered, pending.Call.AnsweredAt, pending.Call.Callee.UserId, pending.Call.Callee);

        void Add(string kind, DateTimeOffset? at, string? by, CallParty who)
        {
            if (at is { } moment && !known.Contains(kind) && pending.Moments.All(told => told.Moment.Kind != kind))
                Append(row, new CallMoment(moment, kind, by, who, null));
        }
    }
}
