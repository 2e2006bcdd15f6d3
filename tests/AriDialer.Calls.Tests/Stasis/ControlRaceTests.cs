using AriDialer.Calls.Routing;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>What people do at the very moment when something else happens: each order ends well, at the socket.</summary>
public sealed class ControlRaceTests
{
    private static readonly CallRequester Agent = new("user-agent", MayControlAll: false);
    private static readonly CallRequester Colleague = new("user-colleague", MayControlAll: false);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Transfer_WhileTheOtherSideHangsUp_EndsAndNobodyRingsOn(bool transferFirst)
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine, "caller-1");
        asterisk.OnDial = static leg => leg.Ring();

        var transfer = transferFirst ? engine.Directory.ControlAsync(id, Agent, new CallControl.Transfer("colleague")) : null;
        asterisk.Channel("caller-1")!.HangUp();
        await (transfer ?? engine.Directory.ControlAsync(id, Agent, new CallControl.Transfer("colleague")));

        await engine.EndedAsync(id);
        await engine.UntilAsync(() => asterisk.Channels.Count == 0 && asterisk.Bridges.Count == 0, "nothing to be left");
    }

    [Fact]
    public async Task TwoTransfers_AtOnce_OneIsTakenAndTheOtherRefused()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine, "caller-1");
        asterisk.OnDial = static leg => leg.Ring();

        var answers = await Task.WhenAll(
            engine.Directory.ControlAsync(id, Agent, new CallControl.Transfer("colleague")),
            engine.Directory.ControlAsync(id, Agent, new CallControl.Transfer("somebody")));

        Assert.Equal([ControlResult.Accepted, ControlResult.Refused], answers.Select(answer => answer.Result).Order());
        await asterisk.DialedAsync(leg => leg.Id == CallIds.Leg(id, 2));
        Assert.Null(asterisk.Channel(CallIds.Leg(id, 3)));
    }

    [Fact]
    public async Task Hold_WhileBeingHeld_BothAreOutAndComeBackOneByOne()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine, "caller-1");
        await engine.Directory.ControlAsync(id, Agent, new CallControl.Add("colleague"));
        await engine.ToldAsync(call => call.Legs.Count(leg => leg is { State: LegState.Up, Place: LegPlace.Main }) == 3, "three who talk");
        asterisk.Channel("caller-1")!.HangUp();
        await engine.ToldAsync(call => call.Legs.Count(leg => leg.State == LegState.Up) == 2, "two who talk");
        var bridge = asterisk.Bridge(CallIds.Bridge(id))!;

        await Task.WhenAll(
            engine.Directory.ControlAsync(id, Agent, new CallControl.Hold()), engine.Directory.ControlAsync(id, Colleague, new CallControl.Hold()));
        await engine.UntilAsync(() => bridge is { Channels.Count: 0, HasMusic: false }, "both to be out");
        await engine.Directory.ControlAsync(id, Agent, new CallControl.Resume());
        await engine.UntilAsync(() => bridge is { Channels.Count: 1, HasMusic: true }, "music for the first who is back");
        await engine.Directory.ControlAsync(id, Colleague, new CallControl.Resume());
        await engine.UntilAsync(() => bridge is { Channels.Count: 2, HasMusic: false }, "both to talk");
    }

    [Fact]
    public async Task Answer_WhileTheTransferIsCancelled_LetsGoOfTheTarget()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine, "caller-1");
        asterisk.OnDial = static leg => leg.Ring();
        await engine.Directory.ControlAsync(id, Agent, new CallControl.Transfer("colleague"));
        var target = await asterisk.DialedAsync(leg => leg.Id == CallIds.Leg(id, 2));
        using var held = asterisk.Requests.Hold(request => request.Is("DELETE", $"/channels/{target.Id}"));

        await engine.Directory.ControlAsync(id, Agent, new CallControl.CancelTransfer());
        target.Answer();
        held.Dispose();

        await engine.UntilAsync(() => asterisk.Channel(target.Id) is null && asterisk.Bridge(CallIds.Bridge(id))?.Channels.Count == 2, "the two to talk again");
        Assert.Equal(CallState.Connected, engine.Directory.Find(id)!.State);
    }

    [Fact]
    public async Task Controls_AtOnceByTheHundred_LeaveTheCallAsTheLastOneSays()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine, "caller-1");
        var bridge = asterisk.Bridge(CallIds.Bridge(id))!;

        for (var i = 0; i < 100; i++)
        {
            _ = engine.Directory.ControlAsync(id, Agent, i % 2 == 0 ? new CallControl.Hold() : new CallControl.Resume());
        }

        await engine.UntilAsync(
            () => bridge is { Channels.Count: 2, HasMusic: false } && asterisk.Requests.All.Count(request => request.Path.EndsWith("/moh", StringComparison.Ordinal)) == 100,
            "the last word to hold");
    }

    private static Task<CallEngine> StartAsync(FakeAsterisk asterisk)
    {
        asterisk.OnDial = static leg => leg.Answer();
        return CallEngine.StartAsync(asterisk, RouteAsync);
    }

    private static async Task<string> ConnectAsync(FakeAsterisk asterisk, CallEngine engine, string callerId)
    {
        var id = CallIds.ForArrival(asterisk.Arrive("+12025550101", id: callerId).Id, null);
        await engine.InStateAsync(id, CallState.Connected);
        await engine.UntilAsync(() => asterisk.Bridge(CallIds.Bridge(id))?.Channels.Count == 2, "both in the bridge");
        return id;
    }

    private static ValueTask<RouteDecision> RouteAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        var callee = request.Purpose == RoutePurpose.Call
            ? new CallParty("user-agent", "+12025550101", "Agent") : new CallParty("user-colleague", "+12025550102", "Colleague");
        return ValueTask.FromResult<RouteDecision>(new RingTargets(
            CallDirection.Inbound, new CallParty(null, request.CallerNumber, null), callee,
            [new DialTarget($"PJSIP/web-{callee.UserId}", request.CallerNumber, "", callee.UserId)], TimeSpan.FromSeconds(30)));
    }
}
