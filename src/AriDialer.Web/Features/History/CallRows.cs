using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.History;

/// <summary>Writes calls into their rows, with timeline and participants: all of a batch in one transaction.</summary>
internal sealed class CallRows(IDbContextFactory<AppDbContext> databases)
{
    /// <summary>This run of the application. A call's versions, and the feed's numbers, begin again in another run.</summary>
    public string Run { get; } = Account.Secrets.Text(12);

    public Task WriteAsync(IReadOnlyCollection<PendingCall> calls, CancellationToken cancellationToken) => WriteAsync(calls, Run, cancellationToken);

    /// <param name="calls">What happened.</param>
    /// <param name="run">The run in which it did: this one, or the one before, which could not write it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WriteAsync(IReadOnlyCollection<PendingCall> calls, string run, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var ids = calls.Select(pending => pending.Call.Id).ToArray();
        var rows = await database.Calls.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        await database.CallParticipants.Where(one => ids.Contains(one.CallId)).LoadAsync(cancellationToken);
        var milestones = await MilestonesAsync(database, rows, calls, run, cancellationToken);
        await UpdateRecordingsAsync(database, [.. calls.Select(pending => pending.Call).Where(call => call.Recording?.Tracks.Length > 0)], cancellationToken);
        foreach (var pending in calls)
        {
            var call = pending.Call;
            if (!rows.TryGetValue(call.Id, out var row))
            {
                row = new CallRecord { Id = call.Id, Run = run, Version = -1, StartedAt = call.StartedAt };
                database.Calls.Add(row);
            }

            // Version 0 is a call that is being opened: a row from before, of a call that was asked about twice, knows more.
            if (row.Run != run && call.Version > 0)
                Adopt(row, pending, run, milestones);
            if (row.Run == run && row.Version < call.Version)
                Update(row, pending);
            if (row.Run == run)
                CallTimeline.Append(row, pending.Moments, milestones);
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    // Asked only for calls of which something is recorded.
    private static async Task UpdateRecordingsAsync(AppDbContext database, CallSnapshot[] recorded, CancellationToken cancellationToken)
    {
        if (recorded.Length == 0)
            return;

        var ids = recorded.Select(call => call.Id).ToArray();
        var rows = await database.Recordings.Where(row => ids.Contains(row.CallId)).ToDictionaryAsync(row => row.CallId, cancellationToken);
        foreach (var call in recorded)
        {
            if (!rows.TryGetValue(call.Id, out var row))
                database.Recordings.Add(row = RecordingRows.Begin(call.Id));
            RecordingRows.Update(row, call);
        }
    }

    /// <summary>Ends the rows of calls that were gone when this run began. When they really ended nobody knows.</summary>
    public async Task<int> EndLostAsync(IReadOnlyCollection<string> knownIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);

        // From here on nobody else writes, so none of these is adopted in between.
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var lost = await database.Calls.Include(row => row.Participants)
            .Where(row => row.EndedAt == null && row.Run != Run && !knownIds.Contains(row.Id))
            .ToListAsync(cancellationToken);
        foreach (var row in lost)
        {
            (row.State, row.EndedAt, row.Estimated) = (CallState.Ended, now, true);
            (row.EndedBy, row.Reason, row.Cause) = (EndedBy.System, EndReasons.Lost, 0);
            CallTimeline.Append(row, new CallMoment(now, MomentKinds.Ended, null, null, EndReasons.Lost));
            CallPeople.AllLeave(row, now);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return lost.Count;
    }

    // Asked only of calls that tell a milestone or that another run began: of most changes there is nothing to ask.
    private static async Task<HashSet<(string CallId, string Kind)>> MilestonesAsync(
        AppDbContext database, Dictionary<string, CallRecord> rows, IReadOnlyCollection<PendingCall> calls, string run, CancellationToken cancellationToken)
    {
        var ids = calls
            .Where(pending => rows.TryGetValue(pending.Call.Id, out var row) && row.EventCount > 0
                && (row.Run != run || pending.Moments.Any(told => CallTimeline.Milestones.Contains(told.Moment.Kind))))
            .Select(pending => pending.Call.Id).ToArray();
        if (ids.Length == 0)
            return [];

        var known = await database.CallEvents
            .Where(line => ids.Contains(line.CallId) && CallTimeline.Milestones.Contains(line.Kind))
            .Select(line => new { line.CallId, line.Kind })
            .ToListAsync(cancellationToken);
        return [.. known.Select(line => (line.CallId, line.Kind))];
    }

    // The row of a call that another run began: from now on it counts as this one does.
    private static void Adopt(CallRecord row, PendingCall pending, string run, HashSet<(string CallId, string Kind)> milestones)
    {
        (row.Run, row.Version, row.EventsUpTo) = (run, -1, 0);
        CallTimeline.Complete(row, pending, milestones);
    }

    private static void Update(CallRecord row, PendingCall pending)
    {
        var call = pending.Call;
        row.Version = call.Version;
        row.Direction = call.Direction;
        row.State = call.State;
        row.CallerUserId = call.Caller.UserId ?? row.CallerUserId;
        row.CallerNumber = call.Caller.Number ?? row.CallerNumber;
        row.CallerName = call.Caller.Name ?? row.CallerName;
        row.CalleeUserId = call.Callee.UserId ?? row.CalleeUserId;
        // The number of a team is not that of the one who answered for it.
        row.CalleeNumber = call.Callee.Number ?? (call.Team is null ? row.CalleeNumber : null);
        row.CalleeName = call.Callee.Name ?? row.CalleeName;
        row.TeamId = call.Team?.TeamId ?? row.TeamId;
        row.TeamName = call.Team?.Name ?? row.TeamName;

        // A call adopted after an interruption may know less of its past than its row does.
        row.StartedAt = call.StartedAt < row.StartedAt ? call.StartedAt : row.StartedAt;
        row.RingingAt ??= call.RingingAt;
        row.AnsweredAt ??= call.AnsweredAt;
        row.EndedAt = call.EndedAt;
        row.EndedBy = call.End?.Party;
        row.Reason = call.End?.Reason;
        row.Cause = call.End?.Cause;
        row.EndedByUserId = call.End?.UserId;
        row.Estimated = call.End?.Estimated ?? false;
        CallPeople.Update(row, pending);
    }
}
