using System.Collections.Concurrent;
using AriDialer.Ari;
using AriDialer.Calls.Stasis;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Voicemail;

/// <summary>
/// Brings each message into its mailbox as soon as its call has ended, and after each (re)connect those that were left. What fails
/// is tried again: until then Asterisk keeps it.
/// </summary>
internal sealed partial class VoicemailCollector(
    CallFeed feed, AsteriskLink link, HistoryWriter history, MessagePickup pickup, Mailbox mailbox, TimeProvider time, ILogger<VoicemailCollector> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    // From the moment it is made, so that no change before the first read is missed.
    private readonly CallFeed.Subscription _subscription = feed.Subscribe();
    private readonly ConcurrentQueue<Func<CancellationToken, Task>> _waiting = new();
    private readonly SemaphoreSlim _work = new(0);
    private volatile bool _mayHaveBeenLeft;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        link.Changed += connected =>
        {
            if (connected)
            {
                _mayHaveBeenLeft = true;
                _work.Release();
            }
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
        SideBySide.RunAsync([ReadFeedAsync, TickAsync, CollectAsync, WakeOnceCaughtUpAsync], stoppingToken);

    private async Task ReadFeedAsync(CancellationToken cancellationToken)
    {
        await foreach (var change in _subscription.Changes.ReadAllAsync(cancellationToken))
        {
            if (change.Call.State != CallState.Ended || WaitingMessage.Of(change.Call) is not { } message)
                continue;

            // How long it became may not be known: then the file says so.
            var isEmpty = change.Call.Message is { Seconds: < 1 };
            _waiting.Enqueue(token => isEmpty ? pickup.DropAsync(message, token) : pickup.PickUpAsync(message, token));
            _work.Release();
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Round, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            _work.Release();
        }
    }

    private async Task WakeOnceCaughtUpAsync(CancellationToken cancellationToken)
    {
        await history.CaughtUp.WaitAsync(cancellationToken);
        _work.Release();
    }

    private async Task CollectAsync(CancellationToken cancellationToken)
    {
        await TryAsync(mailbox.DeleteStrayFilesAsync, cancellationToken);
        var pause = FirstPause;
        while (true)
        {
            await _work.WaitAsync(cancellationToken);
            if (await TryAllAsync(cancellationToken))
            {
                pause = FirstPause;
                continue;
            }

            await Task.Delay(pause, time, cancellationToken);
            pause = pause * 2 < Round ? pause * 2 : Round;
            _work.Release();
        }
    }

    private async Task<bool> TryAllAsync(CancellationToken cancellationToken)
    {
        var all = await TryAsync(mailbox.PurgeAsync, cancellationToken);
        if (!link.IsConnected)
            return all;

        // Whose a message is says the history, which may still wait in its journal.
        if (_mayHaveBeenLeft && history.CaughtUp.IsCompleted)
        {
            _mayHaveBeenLeft = false;
            _mayHaveBeenLeft |= !await TryAsync(FindLeftAsync, cancellationToken);
            all &= !_mayHaveBeenLeft;
        }

        // Each of those that wait now is tried once: one that fails does not keep the others waiting.
        for (var left = _waiting.Count; left > 0 && _waiting.TryDequeue(out var pickUp); left--)
        {
            if (!await TryAsync(pickUp, cancellationToken))
            {
                _waiting.Enqueue(pickUp);
                all = false;
            }
        }

        return all;
    }

    private async Task FindLeftAsync(CancellationToken cancellationToken)
    {
        var (messages, unknown) = await pickup.FindLeftAsync(cancellationToken);
        foreach (var message in messages)
        {
            _waiting.Enqueue(token => pickup.PickUpAsync(message, token));
        }

        if (unknown > 0)
            LogUnknown(unknown);
    }

    private async Task<bool> TryAsync(Func<CancellationToken, Task> what, CancellationToken cancellationToken)
    {
        try
        {
            await what(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is AriException or HttpRequestException or IOException or UnauthorizedAccessException or SqliteException or DbUpdateException)
        {
            LogFailed(e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Voicemail could not be collected; trying again")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Asterisk keeps {Recordings} messages of calls that the history does not know")]
    private partial void LogUnknown(int recordings);
}
