using AriDialer.Ari;
using AriDialer.Ari.Models;
using AriDialer.Calls.Stasis;
using Microsoft.Extensions.Logging;

namespace AriDialer.Calls.Media;

// How what taps have in Asterisk is removed: when a tap ends, and what none has open.
public sealed partial class AudioTaps
{
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EndShouldTake = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(32);

    // Asterisk serves a sweep of many channels at once badly: what ends together is removed one after the other.
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>The taps that have all they need in Asterisk, for a later <see cref="ReconcileAsync"/> with what was read after this.</summary>
    internal IReadOnlyCollection<TapLine> Joined() => [.. Lines().Where(line => line.IsJoined && !line.Over.IsCompleted)];

    /// <summary>Compares taps with what Asterisk has: ends those of which something is missing, removes what belongs to none.</summary>
    internal async Task ReconcileAsync(IReadOnlyCollection<TapLine> joined, IReadOnlyCollection<Channel> all, CancellationToken cancellationToken)
    {
        var ids = all.Select(channel => channel.Id).ToHashSet();
        var legs = all.Where(channel => channel.IsIn(_options.App)).Select(channel => channel.Id).ToHashSet();
        foreach (var line in joined.Where(line => !legs.Contains(line.ChannelId) || !ids.Contains(line.Ids.Snoop) || !ids.Contains(line.Ids.Media)))
        {
            line.End();
        }

        // A media channel for whose sound nobody came is in no application; Asterisk would keep it for 30 seconds
        // (RealTapTests, Taps_TheAppGoesAway_LeavesOrphansThatTheNextStartReaps).
        foreach (var channel in all.Where(channel => IsLeftOver(channel.Id) && (channel.IsIn(_options.App) || channel.Dialplan.AppName != "Stasis")))
        {
            await RemoveAsync("channel", channel.Id, () => _ari.Channels.HangupAsync(channel.Id, cancellationToken: cancellationToken));
        }

        foreach (var bridge in (await _ari.Bridges.ListAsync(cancellationToken)).Where(bridge => IsLeftOver(bridge.Id)))
        {
            await RemoveAsync("bridge", bridge.Id, () => _ari.Bridges.DestroyAsync(bridge.Id, cancellationToken));
        }
    }

    private bool IsLeftOver(string id) => CallIds.IsTap(id) && (!_lines.TryGetValue(id, out var line) || line.Over.IsCompleted);

    // Returns after the first attempt; what did not succeed goes on by itself.
    private async Task RemoveAsync(TapLine line)
    {
        if (!await TryRemoveAsync(line))
        {
            _ = KeepRemovingAsync(line);
        }
    }

    private async Task KeepRemovingAsync(TapLine line)
    {
        try
        {
            for (var pause = TimeSpan.FromSeconds(1); pause <= LongestPause; pause *= 2)
            {
                await Task.Delay(pause, _time, _stop.Token);
                if (await TryRemoveAsync(line))
                {
                    return;
                }
            }

            // Asterisk is away for long. Whenever it is back, it is reconciled with.
            Forget(line);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The application stops.
        }
    }

    private async Task<bool> TryRemoveAsync(TapLine line)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            limit.CancelAfter(RemovalLimit);
            await _oneAtATime.WaitAsync(limit.Token);
            try
            {
                await line.RemoveAsync(limit.Token);
            }
            finally
            {
                _oneAtATime.Release();
            }

            await line.GoneAsync().WaitAsync(EndShouldTake, _time, limit.Token);
        }
        catch (TimeoutException)
        {
            // Asterisk has done what it was asked for. Its word of it is missed, as over a gap.
        }
        catch (Exception e) when (e is AriException or OperationCanceledException or ObjectDisposedException)
        {
            if (!_stop.IsCancellationRequested)
            {
                LogNotRemoved(line.ChannelId, e.Message);
            }

            return false;
        }

        Forget(line);
        return true;
    }

    private async Task RemoveAsync(string kind, string id, Func<Task> request)
    {
        try
        {
            await request();
            LogReaped(kind, id);
        }
        catch (AriException e) when (e.Kind != AriErrorKind.Fault)
        {
            // Somebody was quicker.
        }
        catch (Exception e) when (e is AriException or OperationCanceledException or ObjectDisposedException)
        {
            LogNotReaped(kind, id, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What the tap on {Channel} has in Asterisk could not be removed: {Reason}. Trying again")]
    private partial void LogNotRemoved(string channel, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reaped {Kind} {Id}: its tap is not open")]
    private partial void LogReaped(string kind, string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} {Id} belongs to no tap and could not be removed: {Reason}")]
    private partial void LogNotReaped(string kind, string id, string reason);
}
