using AriDialer.Ari;
using AriDialer.Ari.Models;
using AriDialer.Calls.Media;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AriDialer.Calls.Stasis;

/// <summary>
/// Makes up for a gap. Asterisk sends no event twice and no StasisStart again, so after each connect this reads what it has and
/// compares: calls that are known are told, calls that a bridge tells of are adopted, what is ours and belongs to no call is reaped.
/// What is not ours is left alone.
/// </summary>
internal sealed partial class Reconciler(
    AriClient ari, CallDirectory directory, Admission admission, AudioTaps taps, IOptions<AriOptions> options, ILogger<Reconciler> log)
{
    /// <exception cref="AriException">Asterisk could not be asked.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var app = options.Value.App;
        var joinedTaps = taps.Joined();

        // Before the list is asked for: of who comes while it is under way it says nothing.
        var asked = directory.Actors.Select(actor => (Actor: actor, actor.Taken)).ToArray();
        var all = await ari.Channels.ListAsync(cancellationToken);
        var ours = all.Where(channel => channel.IsIn(app) && !CallIds.IsTap(channel.Id)).ToArray();
        admission.AllBut(all.Select(channel => channel.Id).ToHashSet());
        var seen = all.Where(channel => !CallIds.IsTap(channel.Id)).ToLookup(
            channel => directory.CallOf(channel.Id), channel => channel.IsIn(app) ? channel.ToSeen() : new SeenChannel(channel.Id, LegState.Gone));
        foreach (var (actor, taken) in asked)
        {
            actor.Tell(new CallInput.Surveyed([.. seen[actor.CallId]], taken));
        }

        var bridges = await ari.Bridges.ListAsync(cancellationToken);
        List<CallMark> marks = [];
        foreach (var bridge in bridges.Where(bridge => CallIds.IsBridge(bridge.Id) && directory.CallOf(bridge.Id) is null))
        {
            if (CallMark.Parse(await ReadMarkAsync(bridge.Id, cancellationToken)) is { } mark && CallIds.Bridge(mark.Request.CallId) == bridge.Id)
            {
                marks.Add(mark);
            }
        }

        foreach (var mark in marks)
        {
            await AdoptAsync(mark, marks, ours, cancellationToken);
        }

        // A caller in Stasis whom no bridge knows had only just arrived: nobody has been rung for it yet.
        foreach (var caller in ours.Where(channel => !CallIds.TryGetCall(channel.Id, out _) && directory.CallOf(channel.Id) is null))
        {
            if (admission.HasRefused(caller.Id))
            {
                await admission.RefuseAsync(caller.Id);
            }
            else if (directory.HasEnded(caller.ToRouteRequest(caller.StasisArguments()).CallId))
            {
                // Its end was given up waiting for.
                await HangUpOrphanAsync(caller.Id, cancellationToken);
            }
            else
            {
                admission.Arrive(caller, caller.StasisArguments());
            }
        }

        await ReapAsync(ours, cancellationToken);
        await taps.ReconcileAsync(joinedTaps, all, cancellationToken);
    }

    private async Task AdoptAsync(CallMark mark, List<CallMark> marks, Channel[] ours, CancellationToken cancellationToken)
    {
        // Two marks may name a channel that was on its way from one call to another: it is where it came to.
        var elsewhere = marks.Where(other => other != mark).SelectMany(other => other.Legs)
            .Where(leg => leg is { Role: LegRole.Merged, State: not LegState.Gone }).Select(leg => leg.ChannelId).ToHashSet();
        var legs = ours.Where(channel => mark.Legs.Any(leg => leg.ChannelId == channel.Id && leg.State != LegState.Gone)
            && !elsewhere.Contains(channel.Id)).ToArray();
        if (legs.Length > 0)
        {
            var seen = legs.Select(leg => leg.ToSeen()).ToArray();
            for (var i = 0; i < seen.Length; i++)
            {
                if (seen[i] is { State: LegState.Down } leg && CallIds.TryGetCall(leg.ChannelId, out _))
                {
                    seen[i] = leg with { IsDialled = await ari.WasDialledAsync(leg.ChannelId, cancellationToken) };
                }
            }

            directory.Adopt(mark, [.. seen]);
        }
    }

    private async Task<string?> ReadMarkAsync(string bridgeId, CancellationToken cancellationToken)
    {
        try
        {
            return (await ari.Bridges.GetBridgeVarAsync(bridgeId, DialplanVariables.Mark, cancellationToken)).Value;
        }
        catch (AriException e) when (e.Kind != AriErrorKind.Fault)
        {
            // No such variable, or the bridge has just gone.
            return null;
        }
    }

    private async Task ReapAsync(Channel[] ours, CancellationToken cancellationToken)
    {
        // One at a time: Asterisk serves a sweep of many channels at once badly.
        foreach (var leg in ours.Where(channel => CallIds.TryGetCall(channel.Id, out _) && directory.CallOf(channel.Id) is null))
        {
            await HangUpOrphanAsync(leg.Id, cancellationToken);
        }

        foreach (var bridge in await ari.Bridges.ListAsync(cancellationToken))
        {
            if (CallIds.TryGetCall(bridge.Id, out _) && !CallIds.IsTap(bridge.Id) && directory.CallOf(bridge.Id) is null)
            {
                await ReapAsync("bridge", bridge.Id, ari.Bridges.DestroyAsync(bridge.Id, cancellationToken));
            }
        }
    }

    /// <summary>Ends a channel that we made and that belongs to no call. Never throws.</summary>
    internal Task HangUpOrphanAsync(string channelId, CancellationToken cancellationToken) =>
        ReapAsync("channel", channelId, ari.Channels.HangupAsync(channelId, reasonCode: "16", cancellationToken: cancellationToken));

    private async Task ReapAsync(string kind, string id, Task request)
    {
        try
        {
            await request;
            LogReaped(kind, id);
        }
        catch (AriException e) when (e.Kind != AriErrorKind.Fault)
        {
            // Somebody was quicker.
        }
        catch (Exception e) when (e is AriException or OperationCanceledException)
        {
            LogNotReaped(e, kind, id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} {Id} belongs to no call and could not be removed; the next reconciliation tries again")]
    private partial void LogNotReaped(Exception e, string kind, string id);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reaped {Kind} {Id}: it belongs to no call")]
    private partial void LogReaped(string kind, string id);
}
