using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.History;

/// <summary>
/// Keeps the history: every change of every call reaches its row. What arrives while a commit is under way goes together into the
/// next one. While the database cannot be written, the newest state of each call and every line of its timeline wait in memory, and
/// calls go on.
/// </summary>
internal sealed partial class HistoryWriter(CallFeed feed, CallRows rows, TimeProvider time, ILogger<HistoryWriter> log) : BackgroundService
{
    /// <summary>How long a call waits for its row before it goes on without.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // From the moment it is made, so that no change before the first read is missed.
    private readonly CallFeed.Subscription _subscription = feed.Subscribe();
    private readonly PendingCalls _pending = new();

    /// <summary>Makes the call's row. Waits for the commit, but not for long: a slow disk must not keep a caller waiting.</summary>
    public async Task OpenAsync(CallSnapshot call)
    {
        try
        {
            await _pending.PutAndWait(call).WaitAsync(LongestWait, time);
        }
        catch (TimeoutException)
        {
            LogLate(call.Id);
        }
    }

    public override void Dispose()
    {
        _subscription.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(ReadFeedAsync(stoppingToken), WriteAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await WriteRestAsync();
        }
    }

    private async Task ReadFeedAsync(CancellationToken cancellationToken)
    {
        while (await _subscription.Changes.WaitToReadAsync(cancellationToken))
        {
            while (_subscription.Changes.TryRead(out var change))
            {
                _pending.Put(PendingCall.Of(change, time.GetUtcNow()));
            }
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (true)
        {
            await _pending.Arrived.WaitAsync(cancellationToken);
            if (await TryWriteAsync(cancellationToken))
            {
                pause = FirstPause;
                continue;
            }

            await Task.Delay(pause, time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<bool> TryWriteAsync(CancellationToken cancellationToken)
    {
        var batch = _pending.Take();
        try
        {
            await rows.WriteAsync(batch.Calls, cancellationToken);
            batch.Committed();
            return true;
        }
        catch (Exception e) when (e is SqliteException or DbUpdateException or OperationCanceledException)
        {
            _pending.GiveBack(batch);
            if (cancellationToken.IsCancellationRequested)
                throw;

            LogNotWritten(e, batch.Calls.Count);
            return false;
        }
    }

    // What has happened until the last moment is written too; if that fails, the next start ends those rows as lost.
    private async Task WriteRestAsync()
    {
        while (_subscription.Changes.TryRead(out var change))
        {
            _pending.Put(PendingCall.Of(change, time.GetUtcNow()));
        }

        await TryWriteAsync(CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The row of call {CallId} is late; the call goes on")]
    private partial void LogLate(string callId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The history of {Calls} calls could not be written; trying again")]
    private partial void LogNotWritten(Exception e, int calls);
}
