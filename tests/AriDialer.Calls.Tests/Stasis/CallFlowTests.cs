using AriDialer.Calls.Routing;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>Calls from end to end of the engine: what Asterisk tells, what it is asked, what listeners hear.</summary>
public sealed class CallFlowTests
{
    [Fact]
    public async Task Call_AnsweredAndHungUp_IsToldFromRingingToEnd()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.OnDial = static leg => leg.Ring();
        var caller = asterisk.Arrive("+12025550101");
        var leg = await asterisk.DialedAsync();
        var id = CallIds.ForArrival(caller.Id, null);
        await engine.InStateAsync(id, CallState.Ringing);

        leg.Answer();
        await engine.InStateAsync(id, CallState.Connected);
        Assert.Equal(2, asterisk.Bridge(CallIds.Bridge(id))?.Channels.Count);

        leg.HangUp();
        var end = await engine.EndedAsync(id);
        Assert.Equal(new CallEnd(EndedBy.Agent, EndReasons.Completed, 16, "user-agent"), end.End);
        Assert.Empty(asterisk.Channels);
        await engine.UntilAsync(() => asterisk.Bridges.Count == 0, "the bridge to go");
        Assert.Equal([.. engine.ToldSoFar().Select(call => call.Version).Order()], engine.ToldSoFar().Select(call => call.Version));
    }

    [Fact]
    public async Task CallActor_DialOvertakesTheLegsArrival_IsNotSent()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        asterisk.StasisDelay = TimeSpan.FromMilliseconds(100);
        await using var engine = await CallEngine.StartAsync(asterisk);
        var caller = asterisk.Arrive("+12025550101");

        (await asterisk.DialedAsync()).Answer();

        await engine.InStateAsync(CallIds.ForArrival(caller.Id, null), CallState.Connected);
        Assert.Single(asterisk.Requests.All, request => request.Path.EndsWith("/dial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_NobodyRegistered_EndsAsUnavailable()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        asterisk.MakeUnreachable("PJSIP/web-agent");
        await using var engine = await CallEngine.StartAsync(asterisk);
        var caller = asterisk.Arrive("+12025550101");

        var end = await engine.EndedAsync(CallIds.ForArrival(caller.Id, null));
        Assert.Equal(EndReasons.Unavailable, end.End?.Reason);
        Assert.Equal(20, caller.Cause);
    }

    [Fact]
    public async Task Call_RoutingThrows_CallerHearsOfItAndOthersAreUnharmed()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk, (request, token) =>
            request.Dialled == "+12025550199" ? throw new InvalidOperationException("no such table") : CallEngine.ToTrunk(request, token));
        var bad = asterisk.Arrive("+12025550199");
        var good = asterisk.Arrive("+12025550101");

        (await asterisk.DialedAsync()).Answer();
        Assert.Equal(EndReasons.Failed, (await engine.EndedAsync(CallIds.ForArrival(bad.Id, null))).End?.Reason);
        await engine.InStateAsync(CallIds.ForArrival(good.Id, null), CallState.Connected);
    }

    [Fact]
    public async Task Call_HungUpFromThePage_EndsBothChannels()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.OnDial = static leg => leg.Answer();
        var id = CallIds.ForArrival(asterisk.Arrive("+12025550101").Id, null);
        await engine.InStateAsync(id, CallState.Connected);

        Assert.Equal(ControlResult.NotAllowed, (await engine.Directory.ControlAsync(id, new CallRequester("somebody", MayControlAll: false), new CallControl.HangUp())).Result);
        Assert.Equal(ControlResult.NoSuchCall, (await engine.Directory.ControlAsync("nothing", new CallRequester("somebody", MayControlAll: true), new CallControl.End())).Result);
        Assert.Equal(ControlResult.Accepted, (await engine.Directory.ControlAsync(id, new CallRequester("boss", MayControlAll: true), new CallControl.End())).Result);

        Assert.Equal(EndedBy.Supervisor, (await engine.EndedAsync(id)).End?.Party);
        Assert.Empty(asterisk.Channels);
    }

    [Fact]
    public async Task Call_UnansweredWithReturn_GoesBackAndIsANewCallIfItComesAgain()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.OnDial = static leg => leg.HangUp(17);
        var caller = asterisk.Arrive("+12025550101", args: "kind=trunk,return=unanswered");
        var end = await engine.EndedAsync(CallIds.ForArrival(caller.Id, null));

        Assert.Equal(EndReasons.Busy, end.End?.Reason);
        Assert.False(caller.Gone);
        Assert.NotNull(caller.ContinuedAt);
        Assert.Equal("busy", caller.Variables[DialplanVariables.Result]);
        Assert.Equal("17", caller.Variables[DialplanVariables.Cause]);
        Assert.Equal(end.Id, caller.Variables[DialplanVariables.CallId]);
    }

    [Fact]
    public async Task Call_RoutingHandsBack_ContinuesAtThePlace()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk, static (request, _) => ValueTask.FromResult<RouteDecision>(
            new HandBack(CallDirection.Inbound, CallParty.Unknown, CallParty.Unknown, new DialplanPlace("queue", "s", 3))));
        var caller = asterisk.Arrive("+12025550101");

        Assert.Equal(EndReasons.HandedBack, (await engine.EndedAsync(CallIds.ForArrival(caller.Id, null))).End?.Reason);
        Assert.Equal(("queue", "s", "3"), (caller.ContinuedAt!["context"], caller.ContinuedAt["extension"], caller.ContinuedAt["priority"]));
    }
}
