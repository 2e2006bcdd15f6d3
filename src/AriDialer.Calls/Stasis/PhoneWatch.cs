using AriDialer.Ari;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AriDialer.Calls.Stasis;

/// <summary>
/// Finds out whether somebody in a call has vanished with their browser. Asterisk does not notice: it keeps such a channel for ever.
/// Only phones that have lost a connection are looked at, until they are heard, and those who are away, until they are back; nobody else
/// costs anything.
/// </summary>
internal sealed partial class PhoneWatch : BackgroundService
{
    // A browser sends 50 packets a second, also when it is muted. Two looks this far apart tell.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    // How long a browser may take from the answer to its first packet: addresses are tried and keys agreed on.
    private static readonly TimeSpan SoundTakes = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);
    private readonly AriClient _ari;
    private readonly CallDirectory _directory;
    private readonly PhoneConnections _connections;
    private readonly CallsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<PhoneWatch> _log;
    private readonly SemaphoreSlim _wake = new(0);

    // By channel: what was seen last.
    private readonly Dictionary<string, Look> _looks = [];

    public PhoneWatch(
        AriClient ari, CallDirectory directory, PhoneConnections connections, IOptions<CallsOptions> options, TimeProvider time, ILogger<PhoneWatch> log)
    {
        (_ari, _directory, _connections, _options, _time, _log) = (ari, directory, connections, options.Value, time, log);
        connections.Lost += Wake;
    }

    public override void Dispose()
    {
        _connections.Lost -= Wake;
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var watched = Watched();
                foreach (var leg in watched)
                {
                    await LookAsync(leg, stoppingToken);
                }

                var vanished = VanishedBeforeTheAnswer();
                foreach (var caller in vanished)
                {
                    _directory.Tell(caller.ChannelId, new CallInput.LegSilent(caller.ChannelId, _options.KeepPlaceFor));
                }

                var rungInVain = RungInVain();
                foreach (var leg in rungInVain)
                {
                    await RingAgainAsync(leg, stoppingToken);
                }

                if (watched.Count + vanished.Count + rungInVain.Count > 0)
                {
                    await Task.Delay(BetweenLooks, _time, stoppingToken);
                }
                else
                {
                    await _wake.WaitAsync(Idle, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    private List<LegSnapshot> Watched()
    {
        var legs = _directory.Live.Where(call => call.State == CallState.Connected).SelectMany(call => call.Legs)
            .Where(leg => leg is { State: LegState.Up, UserId: not null }).ToList();
        _connections.Forget(exceptEndpoints: legs.Select(leg => leg.Endpoint).ToHashSet());
        foreach (var channelId in _looks.Keys.Except(legs.Select(leg => leg.ChannelId)).ToList())
        {
            _looks.Remove(channelId);
        }

        return legs.FindAll(leg => leg.IsAway || _connections.IsLost(leg.Endpoint)
            || _connections.LossesOf(leg.Endpoint) != _looks.GetValueOrDefault(leg.ChannelId).HeardAfter);
    }

    // A caller whose line was lost while it rings: the answer goes to the line that called, so it does not help that there is another
    // one by now. It only tells that they are back, and need not be given up.
    private List<LegSnapshot> VanishedBeforeTheAnswer() =>
        [.. from call in _directory.Live
            where call.State is CallState.Dialing or CallState.Ringing
            from leg in call.Legs
            where leg is { Role: LegRole.Caller, UserId: not null, State: not LegState.Gone }
                && (leg.IsAway ? _connections.IsLost(leg.Endpoint) : _connections.HasLostSince(leg.Endpoint, call.StartedAt))
            select leg];

    // What was sent over a line that was lost since does not reach its page any more, though Asterisk takes it to ring
    // (TabsTests.CalleeReloads_WhileItRings_IsRungAgain). The page that comes registers, and can be rung then.
    private List<LegSnapshot> RungInVain() =>
        [.. from call in _directory.Live
            where call.State is not (CallState.Ending or CallState.Ended)
            from leg in call.Legs
            where leg is { Role: not LegRole.Caller, UserId: not null, RingsSince: { } since } && _connections.HasLostSince(leg.Endpoint, since)
            select leg];

    private async Task RingAgainAsync(LegSnapshot leg, CancellationToken cancellationToken)
    {
        try
        {
            if (!_connections.IsLost(leg.Endpoint) && (await _ari.Endpoints.GetAsync("PJSIP", leg.Endpoint, cancellationToken)).State == "online")
            {
                _directory.Tell(leg.ChannelId, new CallInput.PhoneIsBack(leg.ChannelId));
            }
        }
        catch (AriException e)
        {
            if (e.Kind == AriErrorKind.Fault)
            {
                LogUnknown(e, leg.ChannelId);
            }
        }
    }

    private async Task LookAsync(LegSnapshot leg, CancellationToken cancellationToken)
    {
        var losses = _connections.LossesOf(leg.Endpoint);
        if (await PacketsOfAsync(leg.ChannelId, cancellationToken) is not { } packets)
        {
            return;
        }

        var isFirst = !_looks.TryGetValue(leg.ChannelId, out var before) || before.Losses != losses;
        var isHeard = !isFirst && packets != before.Packets;
        _looks[leg.ChannelId] = new Look(packets, losses, isHeard ? losses : before.HeardAfter, before.Since == 0 ? _time.GetTimestamp() : before.Since);
        if (packets == 0 && !_connections.IsLost(leg.Endpoint) && _time.GetElapsedTime(_looks[leg.ChannelId].Since) < SoundTakes)
        {
            // Just answered: nothing has come because nothing could yet.
            return;
        }

        if (!isFirst && !isHeard)
        {
            _directory.Tell(leg.ChannelId, new CallInput.LegSilent(leg.ChannelId, _options.KeepPlaceFor));
        }
        else if (isHeard && leg.IsAway)
        {
            _directory.Tell(leg.ChannelId, new CallInput.LegHeard(leg.ChannelId));
        }
    }

    private async Task<long?> PacketsOfAsync(string channelId, CancellationToken cancellationToken)
    {
        try
        {
            return (await _ari.Channels.RtpstatisticsAsync(channelId, cancellationToken)).Rxcount;
        }
        catch (AriException e)
        {
            if (e.Kind == AriErrorKind.Fault)
            {
                LogUnknown(e, channelId);
            }

            return null;
        }
    }

    private void Wake()
    {
        // One is enough: whoever is woken looks at all.
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    /// <summary>
    /// What was seen of a channel: packets received so far, how many connections its phone had lost by then, after how many it was heard
    /// again, and when it was looked at first, as a timestamp.
    /// </summary>
    private readonly record struct Look(long Packets, int Losses, int HeardAfter, long Since);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether channel {Channel} is heard could not be asked; trying again")]
    private partial void LogUnknown(Exception e, string channel);
}
