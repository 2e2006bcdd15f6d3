using AriDialer.Ari;
using AriDialer.Ari.Events;
using AriDialer.Ari.Models;
using AriDialer.Calls.Media;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AriDialer.Calls.Stasis;

/// <summary>
/// The application's one connection to Asterisk: reads events in order and posts them to calls; reconciles after each gap, while
/// the events that follow the connect wait their turn in the socket's queue.
/// </summary>
public sealed partial class AsteriskLink : BackgroundService
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(500);
    private readonly AriClient _ari;
    private readonly AriEventSocket _socket;
    private readonly CallDirectory _directory;
    private readonly Admission _admission;
    private readonly Reconciler _reconciler;
    private readonly AudioTaps _taps;
    private readonly ChangeSignal _changes = new();
    private readonly string _app;
    private readonly TimeSpan _reconcileWithin;
    private readonly TimeProvider _time;
    private readonly ILogger<AsteriskLink> _log;

    /// <summary>Made by the container.</summary>
    internal AsteriskLink(
        AriClient ari, AriEventSocket socket, CallDirectory directory, Admission admission, Reconciler reconciler, AudioTaps taps,
        IOptions<AriOptions> options, IOptions<CallsOptions> calls, TimeProvider time, ILogger<AsteriskLink> log)
    {
        _ari = ari;
        _socket = socket;
        _directory = directory;
        _admission = admission;
        _reconciler = reconciler;
        _taps = taps;
        _app = options.Value.App;
        _reconcileWithin = calls.Value.ReconcileWithin;
        _time = time;
        _log = log;
        State = new LinkState(false, time.GetUtcNow());
    }

    /// <summary>Whether Asterisk is connected, and since when that is so.</summary>
    public LinkState State { get; private set; }

    /// <summary>True while the socket is up and everything missed before is made up for.</summary>
    public bool IsConnected => State.IsConnected;

    /// <summary>The version of the Asterisk that was last connected; null before the first time.</summary>
    public string? AsteriskVersion { get; private set; }

    /// <summary>Raised with true after each connect and reconciliation, with false after each loss. Handlers must not throw and should not wait.</summary>
    public event Action<bool>? Changed;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var message in _socket.ReadAllAsync(stoppingToken))
            {
                switch (message)
                {
                    case AriMessage.Event { Value: var e }:
                        Handle(e, stoppingToken);
                        break;
                    case AriMessage.Connected connected:
                        await OnConnectedAsync(connected, stoppingToken);
                        break;
                    case AriMessage.Disconnected lost:
                        LogLost(lost.Reason);
                        Tell(false);
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops; calls go on without it.
        }
    }

    /// <summary>The state of this moment, and each one that follows; only the newest for who reads slowly.</summary>
    public IAsyncEnumerable<LinkState> WatchAsync(CancellationToken cancellationToken) => _changes.WatchAsync(() => State, cancellationToken);

    private void Handle(AriEvent e, CancellationToken cancellationToken)
    {
        var arrivedAt = _time.GetTimestamp();
        _taps.Handle(e);
        if (e is StasisStart { Channel: var channel } start && !CallIds.TryGetCall(channel.Id, out _))
        {
            _admission.Arrive(channel, start.Args, arrivedAt);
        }
        else if (LastOf(e) is { } gone && _admission.HasRefused(gone.Id))
        {
            _admission.Gone(gone.Id);
        }
        else if (EventTranslator.Translate(e) is { } told && !CallIds.IsTap(told.Id)
            && !_directory.Tell(told.Id, told.Input, arrivedAt) && told.Input is CallInput.LegArrived)
        {
            // A leg whose call ended while the request that made it was under way. The events behind this one do not wait for it.
            _ = _reconciler.HangUpOrphanAsync(told.Id, cancellationToken);
        }
    }

    // Of a channel that the dialplan sent, the last that is told is that it leaves us.
    private static Channel? LastOf(AriEvent e) => e switch
    {
        StasisEnd left => left.Channel,
        ChannelDestroyed destroyed => destroyed.Channel,
        _ => null,
    };

    private async Task OnConnectedAsync(AriMessage.Connected connected, CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // Everything else that Asterisk has to tell is most of its traffic and means nothing to a call.
                await _ari.Applications.FilterAsync(_app, EventFilter.Only(EventTranslator.Needed), cancellationToken);
                AsteriskVersion = (await _ari.Asterisk.GetInfoAsync(["system"], cancellationToken)).System?.Version;
                await _reconciler.RunAsync(cancellationToken);
                LogConnected(AsteriskVersion ?? "?", _directory.AllIds.Count);
                Tell(true);
                return;
            }
            catch (AriException e) when (_time.GetElapsedTime(since) >= _reconcileWithin)
            {
                // The events that wait behind this are read, for calls need them. But what was missed is found only after the next connect.
                LogGivenUp(e, attempt);
                _socket.Drop(connected, "what was missed could not be found out");
                return;
            }
            catch (AriException e)
            {
                LogReconcileFailed(e, attempt);
                await Task.Delay(BetweenAttempts, _time, cancellationToken);
            }
        }
    }

    private void Tell(bool connected)
    {
        // A second loss is no news: what pages show is as old as the first.
        if (State.IsConnected != connected)
        {
            State = new LinkState(connected, _time.GetUtcNow());
        }

        Changed?.Invoke(connected);
        _changes.Raise();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to Asterisk {Version}; {Calls} calls")]
    private partial void LogConnected(string version, int calls);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost Asterisk: {Reason}. Calls go on there; trying again")]
    private partial void LogLost(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reconciling with Asterisk failed, attempt {Attempt}")]
    private partial void LogReconcileFailed(Exception e, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reconciling with Asterisk failed {Attempts} times; connecting anew")]
    private partial void LogGivenUp(Exception e, int attempts);
}
