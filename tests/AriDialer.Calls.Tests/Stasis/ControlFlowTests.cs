using System.Collections.Immutable;
using AriDialer.Calls.Routing;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>What people do to calls, down to the requests, and what a killed application finds of it.</summary>
public sealed class ControlFlowTests
{
    private static readonly CallRequester Agent = new("user-agent", MayControlAll: false);

    [Fact]
    public async Task Hold_TakesTheHolderOutAndPlaysMusic_ResumePutsThemBack()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine, "caller-1");
        var bridge = asterisk.Bridge(CallIds.Bridge(id))!;

        await AcceptedAsync(engine, id, new CallControl.Hold());
        await engine.UntilAsync(() => bridge.HasMusic && bridge.Channels.Single().Id == "caller-1", "music for the caller alone");
        await AcceptedAsync(engine, id, new CallControl.Resume());
        await engine.UntilAsync(() => !bridge.HasMusic && bridge.Channels.Count == 2, "both in the bridge");
    }

    [Fact]
    public async Task Ask_ThenComplete_LeavesTheOthersTogether()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine, "caller-1");

        await AcceptedAsync(engine, id, new CallControl.Ask("colleague"));
        await engine.UntilAsync(() => asterisk.Bridge(CallIds.ConsultBridge(id))?.Channels.Count == 2, "the consultation");
        Assert.Equal(["caller-1"], asterisk.Bridge(CallIds.Bridge(id))!.Channels.Select(channel => channel.Id));
        await AcceptedAsync(engine, id, new CallControl.CompleteTransfer());

        await engine.UntilAsync(
            () => asterisk.Channel(CallIds.Leg(id, 1)) is null && asterisk.Bridge(CallIds.Bridge(id))?.Channels.Count == 2, "the others together");
        Assert.False(asterisk.Bridge(CallIds.Bridge(id))!.HasMusic);
        asterisk.Channel("caller-1")!.HangUp();
        Assert.Equal(EndReasons.Completed, (await engine.EndedAsync(id)).End!.Reason);
        await engine.UntilAsync(() => asterisk.Channels.Count == 0 && asterisk.Bridges.Count == 0, "nothing to be left");
    }

    [Fact]
    public async Task Merge_BringsTwoCallsIntoOneBridge_AndTheirEventsReachTheOneCall()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await StartAsync(asterisk);
        var first = await ConnectAsync(asterisk, engine, "caller-1");
        var second = await ConnectAsync(asterisk, engine, "caller-2");

        await AcceptedAsync(engine, second, new CallControl.Merge(first));

        Assert.Equal(EndReasons.Merged, (await engine.EndedAsync(first)).End!.Reason);
        await engine.UntilAsync(() => asterisk.Bridge(CallIds.Bridge(second))?.Channels.Count == 3, "three in one bridge");
        asterisk.Channel("caller-2")!.HangUp();
        await engine.UntilAsync(() => engine.Directory.Find(second)!.Legs.Count(leg => leg.State == LegState.Up) == 2, "one to have left");
        asterisk.Channel("caller-1")!.HangUp();
        await engine.EndedAsync(second);
        await engine.UntilAsync(() => asterisk.Channels.Count == 0 && asterisk.Bridges.Count == 0, "nothing to be left");
    }

    [Fact]
    public async Task Merge_WithSomebodyElsesCall_IsRefusedAndBothGoOn()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await StartAsync(asterisk);
        var first = await ConnectAsync(asterisk, engine, "caller-1");
        var other = await ConnectAsync(asterisk, engine, "caller-2", dialled: "+12025550102");

        await AcceptedAsync(engine, first, new CallControl.Merge(other));
        await engine.ToldAsync(call => call.Id == first && call.Notice?.Kind == NoticeKinds.MergeFailed, "that it failed");
        Assert.All([first, other], id => Assert.Equal(CallState.Connected, engine.Directory.Find(id)!.State));
    }

    [Theory]
    [InlineData("hold")]
    [InlineData("ask")]
    [InlineData("asked")]
    [InlineData("swapped")]
    [InlineData("transfer")]
    [InlineData("add")]
    [InlineData("merged")]
    public async Task App_KilledInTheMiddle_GoesOnFromThere(string what)
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        string id;
        ImmutableArray<LegSnapshot> before;
        await using (var first = await StartAsync(asterisk))
        {
            id = await ConnectAsync(asterisk, first, "caller-1");
            await DoAsync(what, asterisk, first, id);
            await Task.Delay(100);
            before = first.Directory.Find(id)!.Legs;
        }

        await asterisk.DisconnectedAsync();
        await using var second = await StartAsync(asterisk);
        var adopted = await second.InStateAsync(id, CallState.Connected);
        Assert.Equal(
            before.Where(leg => leg.State != LegState.Gone).Select(leg => (leg.ChannelId, leg.UserId, leg.Place, leg.Holding)),
            adopted.Legs.Where(leg => leg.State != LegState.Gone).Select(leg => (leg.ChannelId, leg.UserId, leg.Place, leg.Holding)));
        Assert.Empty(second.ToldSoFar().Where(call => call.Id != id));

        // Nobody is rung twice, and everything can still be ended.
        Assert.Equal(asterisk.Requests.All.Count(Dials), asterisk.Requests.All.Where(Dials).Select(request => request.Path).Distinct().Count());
        var answer = await second.Directory.ControlAsync(id, new CallRequester("boss", MayControlAll: true), new CallControl.End());
        Assert.Equal(ControlAnswer.Accepted, answer);
        await second.EndedAsync(id);
        await second.UntilAsync(() => asterisk.Channels.Count == 0 && asterisk.Bridges.Count == 0, "nothing to be left");
    }

    [Fact]
    public async Task Voicemail_GreetsRecordsAndHangsUp()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await StartAsync(asterisk);
        var caller = asterisk.Arrive("+12025550103", id: "caller-1");
        var id = CallIds.ForArrival(caller.Id, null);
        await engine.InStateAsync(id, CallState.Voicemail);
        await engine.UntilAsync(() => asterisk.IsPlaying(CallIds.Playback(id)), "the greeting");

        asterisk.FinishPlayback(CallIds.Playback(id));
        await asterisk.Requests.WaitForAsync(request => request.Segments is ["channels", "caller-1", "record"] && request["name"] == CallIds.Voicemail(id));
        asterisk.FinishRecording(CallIds.Voicemail(id), seconds: 4);

        var end = await engine.EndedAsync(id);
        Assert.Equal((EndReasons.Voicemail, 4), (end.End!.Reason, end.Message!.Seconds));
        Assert.Empty(asterisk.Channels);
    }

    private static bool Dials(FakeRequest request) => request.Path.EndsWith("/dial", StringComparison.Ordinal);

    private static async Task DoAsync(string what, FakeAsterisk asterisk, CallEngine engine, string id)
    {
        switch (what)
        {
            case "hold":
                await AcceptedAsync(engine, id, new CallControl.Hold());
                break;
            case "merged":
                var other = await ConnectAsync(asterisk, engine, "caller-2");
                await AcceptedAsync(engine, id, new CallControl.Merge(other));
                await engine.EndedAsync(other);
                break;
            case "ask" or "transfer":
                asterisk.OnDial = static leg => leg.Ring();
                await AcceptedAsync(engine, id, what == "ask" ? new CallControl.Ask("colleague") : new CallControl.Transfer("colleague"));
                await asterisk.DialedAsync(leg => leg.Id == CallIds.Leg(id, 2));
                break;
            case "add":
                await AcceptedAsync(engine, id, new CallControl.Add("colleague"));
                await engine.ToldAsync(call => call.Legs.Count(leg => leg.Place == LegPlace.Main && leg.State == LegState.Up) == 3, "three who talk");
                break;
            default:
                await AcceptedAsync(engine, id, new CallControl.Ask("colleague"));
                await engine.ToldAsync(call => call.Consultation?.IsUp == true, "the consultation");
                if (what == "swapped")
                {
                    await AcceptedAsync(engine, id, new CallControl.Swap());
                }

                break;
        }
    }

    private static Task<CallEngine> StartAsync(FakeAsterisk asterisk)
    {
        asterisk.OnDial ??= static leg => leg.Answer();
        return CallEngine.StartAsync(asterisk, RouteAsync);
    }

    private static async Task<string> ConnectAsync(FakeAsterisk asterisk, CallEngine engine, string callerId, string dialled = "+12025550101")
    {
        var id = CallIds.ForArrival(asterisk.Arrive(dialled, id: callerId).Id, null);
        await engine.InStateAsync(id, CallState.Connected);
        await engine.UntilAsync(() => asterisk.Bridge(CallIds.Bridge(id))?.Channels.Count == 2, "both in the bridge");
        return id;
    }

    private static async Task AcceptedAsync(CallEngine engine, string id, CallControl control) =>
        Assert.Equal(ControlAnswer.Accepted, await engine.Directory.ControlAsync(id, Agent, control));

    private static ValueTask<RouteDecision> RouteAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        var caller = new CallParty(null, request.CallerNumber, null);
        var callee = request.Purpose == RoutePurpose.Call && request.Dialled != "+12025550102"
            ? new CallParty("user-agent", "+12025550101", "Agent") : new CallParty("user-colleague", "+12025550102", "Colleague");
        return ValueTask.FromResult<RouteDecision>(request.Dialled == "+12025550103"
            ? new TakeMessage(CallDirection.Inbound, caller, callee, "user-agent", ["sound:vm-intro"], TimeSpan.FromMinutes(1))
            : new RingTargets(
                CallDirection.Inbound, caller, callee, [new DialTarget($"PJSIP/web-{callee.UserId}", request.CallerNumber, "", callee.UserId)],
                TimeSpan.FromSeconds(30)));
    }
}
