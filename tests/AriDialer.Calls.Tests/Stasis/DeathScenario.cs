using System.Collections.Concurrent;
using AriDialer.Calls.Routing;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>
/// What people want of a call, one after the other, and a world of telephones that goes on whether the application lives or not:
/// phones ring and answer, greetings and announcements come to their end.
/// </summary>
internal sealed class DeathScenario(FakeAsterisk asterisk, Task death)
{
    internal const string Caller = "caller-1";
    private const string Other = "caller-2";
    internal static readonly CallRequester Boss = new("boss", MayControlAll: true);
    private const string Agent = "+12025550101";
    private const string Colleague = "+12025550102";
    private const string Nobody = "+12025550103";
    private const string Busy = "+12025550104";
    private const string Everybody = "+12025550105";
    private const string Early = "+12025550106";
    private const string Recorded = "+12025550107";
    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(30);
    private static readonly CallRequester User = new("user-" + Agent, MayControlAll: false);

    /// <summary>True once people want the end.</summary>
    internal bool Ends { get; private set; }

    /// <summary>How often each endpoint was rung.</summary>
    internal ConcurrentDictionary<string, int> Rung { get; } = new();

    internal static Dictionary<string, Func<DeathScenario, CallEngine, Task>> All { get; } = new()
    {
        ["answered"] = static (scenario, engine) => scenario.TalkAsync(engine),
        ["early media"] = static (scenario, engine) => scenario.TalkAsync(engine, Early),
        ["two phones"] = static (scenario, engine) => scenario.TalkAsync(engine, Everybody),
        ["busy, then voicemail"] = async static (scenario, engine) =>
        {
            scenario.Asterisk.Arrive(Nobody, id: Caller);
            await scenario.UntilAsync(() => scenario.Asterisk.LiveRecordings.Count == 1);
        },
        ["held and resumed"] = async static (scenario, engine) =>
        {
            await scenario.TalkAsync(engine);
            await scenario.DoAsync(engine, new CallControl.Hold(), bridge => bridge is { HasMusic: true, Channels.Count: 1 });
            await scenario.DoAsync(engine, new CallControl.Resume(), bridge => bridge is { HasMusic: false, Channels.Count: 2 });
        },
        ["transferred"] = async static (scenario, engine) =>
        {
            await scenario.TalkAsync(engine);
            await scenario.DoAsync(engine, new CallControl.Transfer(Colleague), bridge => bridge.Channels.Any(channel => channel.Id.EndsWith(".leg2", StringComparison.Ordinal)));
        },
        ["transfer fails"] = async static (scenario, engine) =>
        {
            await scenario.TalkAsync(engine);
            await scenario.DoAsync(engine, new CallControl.Transfer(Busy), bridge => bridge.HasMusic);
            await scenario.UntilAsync(() => scenario.Asterisk.Bridge(CallIds.Bridge(Caller)) is { HasMusic: false, Channels.Count: 2 });
        },
        ["asked first, swapped and transferred"] = async static (scenario, engine) =>
        {
            await scenario.TalkAsync(engine);
            await scenario.DoAsync(engine, new CallControl.Ask(Colleague), _ => scenario.Asterisk.Bridge(CallIds.ConsultBridge(Caller))?.Channels.Count == 2);
            await scenario.DoAsync(engine, new CallControl.Swap(), bridge => bridge.Channels.Count == 2);
            await scenario.DoAsync(engine, new CallControl.CompleteTransfer(), bridge => bridge.Channels.Any(channel => channel.Id.EndsWith(".leg2", StringComparison.Ordinal)));
        },
        ["asked first, and back"] = async static (scenario, engine) =>
        {
            await scenario.TalkAsync(engine);
            await scenario.DoAsync(engine, new CallControl.Ask(Colleague), _ => scenario.Asterisk.Bridge(CallIds.ConsultBridge(Caller))?.Channels.Count == 2);
            await scenario.DoAsync(engine, new CallControl.CancelTransfer(), bridge => bridge is { HasMusic: false, Channels.Count: 2 });
        },
        ["conference"] = async static (scenario, engine) =>
        {
            await scenario.TalkAsync(engine);
            await scenario.DoAsync(engine, new CallControl.Add(Colleague), bridge => bridge.Channels.Count == 3);
        },
        ["announced and recorded"] = async static (scenario, engine) =>
        {
            await scenario.TalkAsync(engine, Recorded);
            await scenario.UntilAsync(() => scenario.Asterisk.LiveRecordings.Count == 2);
            await scenario.DoAsync(engine, new CallControl.PauseRecording(true), _ => scenario.Asterisk.LiveRecordings.Count == 0);
            await scenario.DoAsync(engine, new CallControl.PauseRecording(false), _ => scenario.Asterisk.LiveRecordings.Count == 2);
        },
        ["merged"] = async static (scenario, engine) =>
        {
            await scenario.TalkAsync(engine);
            await scenario.TalkAsync(engine, id: Other);
            await scenario.DoAsync(engine, new CallControl.Merge(Other), bridge => bridge.Channels.Count == 3);
        },
    };

    internal static CallRouting Routing { get; } = static (request, _) => ValueTask.FromResult(Route(request));

    /// <summary>The world, until it is stopped.</summary>
    internal async Task LiveAsync(CancellationToken stop)
    {
        asterisk.OnDial = leg => _ = RingAsync(leg);
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(AMoment, CancellationToken.None);
            foreach (var playback in asterisk.Channels.Select(channel => channel.Id).Concat(asterisk.Bridges.Select(bridge => bridge.Id)).SelectMany(asterisk.PlayingTo))
            {
                asterisk.FinishPlayback(playback);
            }
        }
    }

    internal async Task RunAsync(string name, CallEngine engine)
    {
        await All[name](this, engine);
        Ends = true;
        foreach (var call in engine.Directory.Live)
        {
            await engine.Directory.ControlAsync(call.Id, Boss, new CallControl.End());
        }

        await UntilAsync(() => asterisk.Channels.Count == 0 && asterisk.Bridges.Count == 0 && engine.Directory.AllIds.Count == 0);
    }

    /// <summary>Null where no caller is left alone in silence and all that we made belongs to a call; else what is wrong.</summary>
    internal string? WhatIsWrong(CallEngine engine)
    {
        // Who came while nobody was there is the dialplan's.
        foreach (var channel in asterisk.Channels.Where(channel => channel.App is not null))
        {
            if (engine.Directory.CallOf(channel.Id) is null)
            {
                return $"{channel.Id} belongs to no call";
            }

            if (channel.Spied is { } heard && asterisk.Channels.Count(other => other.Spied == heard) > 1)
            {
                return $"{heard.Id} is heard twice";
            }

            if (!CallIds.TryGetCall(channel.Id, out var _) && !IsLookedAfter(channel))
            {
                return $"{channel.Id} ({channel.State}) is left alone: {engine.Directory.Find(channel.Id)?.State}";
            }
        }

        foreach (var call in engine.Directory.Live)
        {
            if (call.Id is not (Caller or Other))
            {
                return $"{call.Id} was never wanted";
            }

            if (call.Legs.FirstOrDefault(leg => leg is { State: LegState.Up, Place: LegPlace.Main } && !IsIn(CallIds.Bridge(call.Id), leg)) is { } outside
                && call.State == CallState.Connected)
            {
                return $"{outside.ChannelId} is not where it belongs";
            }
        }

        return asterisk.Bridges.FirstOrDefault(bridge => engine.Directory.CallOf(bridge.Id) is null) is { } lost ? $"{lost.Id} belongs to no call" : null;
    }


    private FakeAsterisk Asterisk => asterisk;

    private bool IsIn(string bridgeId, LegSnapshot leg) => asterisk.Bridge(bridgeId)?.Channels.Any(channel => channel.Id == leg.ChannelId) == true;

    private bool IsLookedAfter(FakeChannel caller) => caller.State == "Up"
        ? caller.Bridge is { } bridge && (bridge.HasMusic || bridge.Channels.Count > 1 || asterisk.PlayingTo(bridge.Id).Count > 0)
            || asterisk.PlayingTo(caller.Id).Count > 0 || asterisk.LiveRecordings.Values.Contains(caller)
        : asterisk.Channels.Any(leg => leg.Dialed && leg.Id.StartsWith(caller.Id, StringComparison.Ordinal));

    private async Task RingAsync(FakeChannel leg)
    {
        Rung.AddOrUpdate(leg.Endpoint!, 1, static (_, times) => times + 1);
        await Task.Delay(AMoment);
        if (leg.Endpoint!.Contains(Busy, StringComparison.Ordinal) || leg.Endpoint.Contains(Nobody, StringComparison.Ordinal))
        {
            leg.HangUp(cause: 17);
            return;
        }

        if (leg.Endpoint.Contains(Early, StringComparison.Ordinal))
        {
            leg.Progress();
        }
        else
        {
            leg.Ring();
        }

        await Task.Delay(AMoment);
        leg.Answer();
    }

    private async Task TalkAsync(CallEngine engine, string to = Agent, string id = Caller)
    {
        asterisk.Arrive(to, id: id);
        await UntilAsync(() => engine.Directory.Find(id)?.State == CallState.Connected && asterisk.Bridge(CallIds.Bridge(id)) is { HasMusic: false, Channels.Count: 2 });
    }

    private async Task DoAsync(CallEngine engine, CallControl control, Func<FakeBridge, bool> until)
    {
        await engine.Directory.ControlAsync(Caller, User, control);
        await UntilAsync(() => asterisk.Bridge(CallIds.Bridge(Caller)) is { } bridge && until(bridge));
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            if (death.IsCompleted)
            {
                throw new OperationCanceledException();
            }

            Assert.False(late.IsCancellationRequested, "The scenario does not go on.");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    private static RouteDecision Route(RouteRequest request)
    {
        var caller = new CallParty(null, request.CallerNumber, null);
        var to = request.Dialled == Colleague || request.Dialled == Busy ? request.Dialled : Agent;
        var callee = new CallParty("user-" + to, to, "Somebody");
        if (request is { Purpose: RoutePurpose.Call, Unanswered: not null })
        {
            return new TakeMessage(CallDirection.Inbound, caller, callee, callee.UserId!, ["sound:vm-intro"], TimeSpan.FromMinutes(1));
        }

        string[] endpoints = request.Dialled == Everybody ? ["one", "two"] : [request.Dialled];
        return new RingTargets(
            CallDirection.Inbound, caller, callee,
            [.. endpoints.Select(name => new DialTarget($"PJSIP/{request.CallId.Split("-v")[0]}-{name}", request.CallerNumber, "", callee.UserId))], TimeSpan.FromSeconds(30))
        {
            AskAgain = request.Dialled == Nobody,
            Recording = request.Dialled == Recorded ? new RecordingRule(Allowed: true, Starts: true, ["sound:recorded"]) : RecordingRule.OnDemand,
        };
    }
}
