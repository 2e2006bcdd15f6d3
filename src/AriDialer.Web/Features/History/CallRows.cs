using AriDialer.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.History;

/// <summary>Writes states of calls into their rows: all of a batch in one transaction.</summary>
internal sealed class CallRows(IDbContextFactory<AppDbContext> databases)
{
    /// <summary>This run of the application. A call's versions begin again when another run adopts it.</summary>
    public string Run { get; } = Account.Secrets.Text(12);

    public async Task WriteAsync(IReadOnlyCollection<CallSnapshot> calls, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var ids = calls.Select(call => call.Id).ToArray();
        var rows = await database.Calls.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        foreach (var call in calls)
        {
            if (!rows.TryGetValue(call.Id, out var row))
            {
                row = new CallRecord { Id = call.Id, Run = Run, Version = -1, StartedAt = call.StartedAt };
                database.Calls.Add(row);
            }

            // Version 0 is a call that is being opened: a row from before, of a call that was asked about twice, knows more.
            if (row.Run == Run ? row.Version < call.Version : call.Version > 0)
                Update(row, call);
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Ends the rows of calls that were gone when this run began. When they really ended nobody knows.</summary>
    public async Task<int> EndLostAsync(IReadOnlyCollection<string> liveIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Calls
            .Where(row => row.EndedAt == null && row.Run != Run && !liveIds.Contains(row.Id))
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(r => r.State, CallState.Ended)
                    .SetProperty(r => r.EndedAt, now)
                    .SetProperty(r => r.EndedBy, EndedBy.System)
                    .SetProperty(r => r.Reason, EndReasons.Lost)
                    .SetProperty(r => r.Cause, 0)
                    .SetProperty(r => r.Estimated, true),
                cancellationToken);
    }

    private void Update(CallRecord row, CallSnapshot call)
    {
        row.Run = Run;
        row.Version = call.Version;
        row.Direction = call.Direction;
        row.State = call.State;
        row.CallerUserId = call.Caller.UserId ?? row.CallerUserId;
        row.CallerNumber = call.Caller.Number ?? row.CallerNumber;
        row.CallerName = call.Caller.Name ?? row.CallerName;
        row.CalleeUserId = call.Callee.UserId ?? row.CalleeUserId;
        row.CalleeNumber = call.Callee.Number ?? row.CalleeNumber;
        row.CalleeName = call.Callee.Name ?? row.CalleeName;

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
    }
}
