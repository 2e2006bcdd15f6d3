using AriDialer.Calls.Stasis;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.History;

/// <summary>
/// Once after the start, when the calls that go on are known: ends the rows of those that do not. So no call is without an
/// end for longer than until the next start.
/// </summary>
internal sealed partial class LostCalls(
    AsteriskLink link, CallDirectory directory, CallRows rows, HistoryWriter history, TimeProvider time, ILogger<LostCalls> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _reconciled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        link.Changed += connected =>
        {
            if (connected)
                _reconciled.TrySetResult();
        };
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _reconciled.Task.WaitAsync(stoppingToken);

        // The run before may know how a call ended, and not have been able to write it.
        await history.CaughtUp.WaitAsync(stoppingToken);
        while (true)
        {
            try
            {
                // One that has only arrived goes on as well, and one that has just ended is told of its end by itself.
                var ended = await rows.EndLostAsync(directory.KnownIds, time.GetUtcNow(), stoppingToken);
                if (ended > 0)
                    LogLost(ended);

                return;
            }
            catch (Exception e) when (e is SqliteException or DbUpdateException)
            {
                LogNotEnded(e);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Calls} calls had ended unseen while the application was away")]
    private partial void LogLost(int calls);

    [LoggerMessage(Level = LogLevel.Error, Message = "The rows of lost calls could not be ended; trying again")]
    private partial void LogNotEnded(Exception e);
}
