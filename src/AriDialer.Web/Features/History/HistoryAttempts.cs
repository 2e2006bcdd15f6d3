using AriDialer.Web.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.History;

/// <summary>
/// Attempts to write the history, into the database or the journal. Whatever keeps one from it is reported and is no more than that:
/// the next may do better, and only the application's end ends the writing. What cannot be written for a reason that is its own is put
/// aside after some attempts.
/// </summary>
internal sealed partial class HistoryAttempts(
    CallRows rows, HistoryJournal journal, HistoryAside aside, TimeProvider time, ILogger<HistoryAttempts> log)
{
    // The log may be on the disk that is full.
    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(5);

    // With the pauses between them, about ten seconds.
    private const int Patience = 6;

    private long? _reportedAt;
    private int _unforeseen;

    /// <summary>Writes what happened in this run into the database.</summary>
    public Task<bool> TryWriteAsync(IReadOnlyList<PendingCall> calls, CancellationToken cancellationToken) =>
        TryAsync(() => WriteAsync(calls, rows.Run, cancellationToken), cancellationToken);

    /// <summary>Brings the next part of the journal into the database, after a pause.</summary>
    public async Task<bool> TryWriteChunkAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        await Task.Delay(pause, time, cancellationToken);
        return await TryAsync(WriteChunkAsync, cancellationToken);

        async Task WriteChunkAsync()
        {
            var chunk = journal.Read();
            if (chunk.Run is not null)
                await WriteAsync(chunk.Calls, chunk.Run, cancellationToken);
            journal.Took(chunk);
        }
    }

    /// <summary>Puts what happened in this run into the journal.</summary>
    public bool TryJournal(IReadOnlyList<PendingCall> calls)
    {
        try
        {
            return journal.TryAppend(rows.Run, calls);
        }
        catch (Exception e)
        {
            Report(e);
            return false;
        }
    }

    private async Task WriteAsync(IReadOnlyList<PendingCall> calls, string run, CancellationToken cancellationToken)
    {
        try
        {
            await rows.WriteAsync(calls, run, cancellationToken);
            _unforeseen = 0;
        }
        catch (Exception e) when (e.IsOfWhatIsWritten() && ++_unforeseen >= Patience)
        {
            await WriteOneByOneAsync(calls, run, cancellationToken);
        }
    }

    // What was written together with others, and is so again, changes nothing.
    private async Task WriteOneByOneAsync(IReadOnlyList<PendingCall> calls, string run, CancellationToken cancellationToken)
    {
        foreach (var call in calls)
        {
            try
            {
                await rows.WriteAsync([call], run, cancellationToken);
            }
            catch (Exception e) when (e.IsOfWhatIsWritten())
            {
                aside.Put(run, call, e);
            }
        }
    }

    private async Task<bool> TryAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        try
        {
            // SQLite waits for a lock on the thread that asks for it.
            await Task.Run(write, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Report(e);
            return false;
        }
    }

    private void Report(Exception e)
    {
        if (_reportedAt is { } before && time.GetElapsedTime(before) < BetweenReports)
            return;

        _reportedAt = time.GetTimestamp();
        if (e is SqliteException or DbUpdateException)
            LogNotWritten(e);
        else
            LogFailed(e);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The history could not be written: the database is locked, or its disk is full. Trying again")]
    private partial void LogNotWritten(Exception e);

    [LoggerMessage(Level = LogLevel.Error, Message = "The history could not be written, for a reason that nobody has foreseen. What happens is kept meanwhile; trying again")]
    private partial void LogFailed(Exception e);
}
