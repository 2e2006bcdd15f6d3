using System.Threading.Channels;
using AriDialer.Ari;
using AriDialer.Calls.Stasis;
using AriDialer.Web.Features.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Recording;

/// <summary>
/// Puts each recording together as soon as its call has ended, one after the other, and after each (re)connect those that were left.
/// What fails is tried again: until then Asterisk keeps it.
/// </summary>
internal sealed partial class RecordingKeeper(
    CallFeed feed, AsteriskLink link, RecordingPickup pickup, TimeProvider time, ILogger<RecordingKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    // The history writes the call's end a moment after it is told.
    private static readonly TimeSpan UntilWritten = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan UntilLostCallsAreEnded = TimeSpan.FromSeconds(3);

    // From the moment it is made, so that no change before the first read is missed.
    private readonly CallFeed.Subscription _subscription = feed.Subscribe();
    private readonly SemaphoreSlim _work = new(0);

    // That there is something to look for in a moment: once for all that ask for it.
    private readonly Channel<bool> _soon = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        link.Changed += connected =>
        {
            if (connected)
                _ = WakeAsync();
        };
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _subscription.Dispose();
        _work.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        SideBySide.RunAsync([ReadFeedAsync, WakeSoonAsync, KeepAsync], stoppingToken);

    // Soon, and again when the calls that ended unseen have been given their end.
    private async Task WakeAsync()
    {
        try
        {
            await Task.Delay(UntilWritten, time);
            _work.Release();
            await Task.Delay(UntilLostCallsAreEnded, time);
            _work.Release();
        }
        catch (ObjectDisposedException)
        {
            // The application has stopped meanwhile.
        }
    }

    private async Task ReadFeedAsync(CancellationToken cancellationToken)
    {
        await foreach (var change in _subscription.Changes.ReadAllAsync(cancellationToken))
        {
            if (change.Call is { State: CallState.Ended, Recording.Tracks.IsEmpty: false })
                _soon.Writer.TryWrite(true);
        }
    }

    // Beside the feed, which may tell of many more ends meanwhile than one in each pause. One that comes in the pause has its own after it.
    private async Task WakeSoonAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in _soon.Reader.ReadAllAsync(cancellationToken))
        {
            await Task.Delay(UntilWritten, time, cancellationToken);
            _work.Release();
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        await TryAsync(null, pickup.SweepAsync, cancellationToken);
        while (true)
        {
            // Woken by an end, a connect, or after a while: a call's row may have been written late.
            await _work.WaitAsync(Round, cancellationToken);
            if (link.IsConnected)
                await KeepAllAsync(cancellationToken);
        }
    }

    private async Task KeepAllAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> waiting = [];
        await TryAsync(null, async token => waiting = await pickup.FindWaitingAsync(token), cancellationToken);
        foreach (var callId in waiting)
        {
            // One that fails does not keep the others waiting.
            var isDone = true;
            await TryAsync(callId, async token => isDone = await pickup.PickUpAsync(callId, token), cancellationToken);
            if (!isDone)
                _soon.Writer.TryWrite(true);
        }
    }

    private async Task TryAsync(string? callId, Func<CancellationToken, Task> what, CancellationToken cancellationToken)
    {
        try
        {
            await what(cancellationToken);
        }
        catch (Exception e) when (e is AriException or HttpRequestException or IOException or UnauthorizedAccessException or SqliteException or DbUpdateException)
        {
            LogFailed(e, callId ?? "(all)");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The recording of call {CallId} could not be kept yet; trying again within a minute")]
    private partial void LogFailed(Exception e, string callId);
}
