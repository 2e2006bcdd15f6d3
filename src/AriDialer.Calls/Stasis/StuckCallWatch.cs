using AriDialer.Ari;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AriDialer.Calls.Stasis;

/// <summary>
/// Finds calls that wait for what will never come: whose channels are not in Asterisk though nobody has said that they went, and those
/// whose end takes for ever. One list of channels serves all calls. Such a call is ended, and reported with the last that it heard.
/// </summary>
internal sealed partial class StuckCallWatch(
    AriClient ari,
    AsteriskLink link,
    CallDirectory directory,
    Reconciler reconciler,
    IOptions<AriOptions> asterisk,
    IOptions<CallsOptions> options,
    TimeProvider time,
    ILogger<StuckCallWatch> log) : BackgroundService
{
    // An end is asked for again each three seconds; after so many of them Asterisk is not going to do it.
    private static readonly TimeSpan EndingMayTake = TimeSpan.FromSeconds(30);

    // By call: what was missing. Twice the same: stuck, whatever else the call was told meanwhile.
    private readonly Dictionary<string, string[]> _doubts = [];
    private HashSet<string> _strays = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(options.Value.LookForStuckCallsEvery, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (link.IsConnected)
                {
                    await LookAsync(stoppingToken);
                }
                else
                {
                    _doubts.Clear();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var calls = directory.Actors.Select(actor => (Actor: actor, actor.Taken)).ToArray();
            var app = asterisk.Value.App;
            var present = (await ari.Channels.ListAsync(cancellationToken))
                .Where(channel => channel.IsIn(app) && !CallIds.IsTap(channel.Id)).Select(channel => channel.Id).ToHashSet();
            foreach (var (actor, taken) in calls)
            {
                Look(actor, taken, present);
            }

            foreach (var callId in _doubts.Keys.Except(calls.Select(call => call.Actor.CallId)).ToList())
            {
                _doubts.Remove(callId);
            }

            await LookForStraysAsync(present, cancellationToken);
        }
        catch (AriException e)
        {
            LogNotAsked(e);
        }
    }

    private void Look(CallActor actor, long taken, HashSet<string> present)
    {
        var call = actor.Snapshot;
        var missing = call.Legs.Where(leg => leg.State != LegState.Gone && !present.Contains(leg.ChannelId)).Select(leg => leg.ChannelId).ToArray();
        var isOverdue = call is { State: CallState.Ending, EndedAt: { } since } && time.GetUtcNow() - since > EndingMayTake;
        if (isOverdue)
        {
            actor.ReportStuck("its end takes for ever");
            actor.Tell(new CallInput.EndOverdue());
        }
        else if (missing.Length == 0)
        {
            _doubts.Remove(actor.CallId);
        }
        else if (_doubts.TryGetValue(actor.CallId, out var before) && before.SequenceEqual(missing))
        {
            _doubts.Remove(actor.CallId);
            actor.ReportStuck($"Asterisk does not have {string.Join(", ", missing)}");
            actor.Tell(new CallInput.LegsMissed([.. missing], taken));
        }
        else
        {
            _doubts[actor.CallId] = missing;
        }
    }

    // Channels of ours that belong to no call, twice in a row.
    private async Task LookForStraysAsync(HashSet<string> present, CancellationToken cancellationToken)
    {
        var strays = present.Where(id => directory.CallOf(id) is null).ToHashSet();
        if (strays.Overlaps(_strays))
        {
            await reconciler.RunAsync(cancellationToken);
        }

        _strays = strays;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What channels Asterisk has could not be asked; stuck calls are looked for again later")]
    private partial void LogNotAsked(Exception e);
}
