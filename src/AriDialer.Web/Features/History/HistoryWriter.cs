using AriDialer.Web.Features.Shared;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.History;

/// <summary>
/// Keeps the history: every change of every call reaches its row. What arrives while a commit is under way goes together into the
/// next one. While the database cannot be written, what happens goes into the journal, and from there into the database once it can
/// be again, also after a restart: in order, and each change once. Calls go on meanwhile.
/// </summary>
internal sealed partial class HistoryWriter(
    CallFeed feed, HistoryAttempts attempts, HistoryJournal journal, IOptions<HistoryOptions> options, TimeProvider time, ILogger<HistoryWriter> log)
    : BackgroundService
{
    /// <summary>How long a call waits for its row before it goes on without.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // From the moment it is made, so that no change before the first read is missed.
    private readonly CallFeed.Subscription _subscription = feed.Subscribe();
    private readonly PendingCalls _pending = new();
    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once what an earlier run could not write is in the database.</summary>
    public Task CaughtUp => _caughtUp.Task;

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
        journal.Open();
        try
        {
            await SideBySide.RunAsync([ReadFeedAsync, WriteAsync], stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application ends.
        }
        finally
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
        if (!journal.IsEmpty)
            await CatchUpAsync(attempts.TryWriteChunkAsync(TimeSpan.Zero, cancellationToken), cancellationToken);
        _caughtUp.TrySetResult();
        while (true)
        {
            await _pending.Arrived.WaitAsync(cancellationToken);
            await WriteOrJournalAsync(_pending.Take(), cancellationToken);
        }
    }

    private async Task WriteOrJournalAsync(PendingCalls.Batch batch, CancellationToken cancellationToken)
    {
        var writing = attempts.TryWriteAsync(batch.Calls, cancellationToken);
        await Task.WhenAny(writing, Task.Delay(options.Value.JournalAfter, time, cancellationToken));
        if (writing.IsCanceled)
        {
            // Whether it was written is not known. Written again it changes nothing.
            _pending.GiveBack(batch);
        }
        else if (writing.IsCompleted && await writing)
        {
            batch.Committed();
            return;
        }
        else
        {
            Journal(batch);
        }

        await CatchUpAsync(writing, cancellationToken);
    }

    /// <summary>Waits until the database can be written again and has what the journal has. What arrives meanwhile goes behind it.</summary>
    private async Task CatchUpAsync(Task<bool> attempt, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (true)
        {
            var isWritten = await JournalWhileAsync(attempt, cancellationToken);
            pause = isWritten ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            if (journal.IsEmpty)
            {
                if (!isWritten)
                    await Task.Delay(pause, time, cancellationToken);
                return;
            }

            attempt = attempts.TryWriteChunkAsync(isWritten ? TimeSpan.Zero : pause, cancellationToken);
        }
    }

    private async Task<bool> JournalWhileAsync(Task<bool> attempt, CancellationToken cancellationToken)
    {
        while (await Task.WhenAny(attempt, _pending.Arrived.WaitAsync(cancellationToken)) != attempt)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!Journal(_pending.Take()))
                break;
        }

        return await attempt;
    }

    /// <summary>Puts what could not be written into the journal, or keeps it in memory where that cannot be written either.</summary>
    private bool Journal(PendingCalls.Batch batch)
    {
        if (attempts.TryJournal(batch.Calls))
        {
            batch.Committed();
            return true;
        }

        _pending.GiveBack(batch);
        return false;
    }

    // What has happened until the last moment is written too, or journalled for the next start.
    private async Task WriteRestAsync()
    {
        while (_subscription.Changes.TryRead(out var change))
        {
            _pending.Put(PendingCall.Of(change, time.GetUtcNow()));
        }

        var rest = _pending.Take();
        if (rest.Calls.Count > 0 && !attempts.TryJournal(rest.Calls))
            await attempts.TryWriteAsync(rest.Calls, CancellationToken.None);
        while (!journal.IsEmpty && await attempts.TryWriteChunkAsync(TimeSpan.Zero, CancellationToken.None))
        {
            // Until all of it is written; what is not, the next start finds.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The row of call {CallId} is late; the call goes on")]
    private partial void LogLate(string callId);
}
