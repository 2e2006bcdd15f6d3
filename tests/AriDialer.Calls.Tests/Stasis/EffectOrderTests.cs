using AriDialer.Calls.Routing;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>What a call asks for leaves at once, unless it would be wrong before an earlier request of the same call is done.</summary>
public sealed class EffectOrderTests
{
    // Long enough for a request that should not be sent to arrive if it were.
    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Leg_IsNotMade_BeforeTheBridgeHasTheMark()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        using var held = asterisk.Requests.Hold(MakesTheBridge);
        asterisk.Arrive("+12025550101");
        await asterisk.Requests.WaitForAsync(MakesTheBridge, what: "The bridge");

        await Task.Delay(AMoment);
        Assert.DoesNotContain(asterisk.Requests.All, Creates(1).Invoke);
        held.Dispose();
        await asterisk.DialedAsync();
    }

    [Fact]
    public async Task Leg_ArrivedBeforeItsRequestIsAnswered_IsDialled()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        using var held = asterisk.Requests.Hold(Creates(1), done: true);
        asterisk.Arrive("+12025550101");

        await asterisk.DialedAsync();
    }

    [Fact]
    public async Task CallerLeaves_WhileRingingIsStillAskedFor_LegIsHungUp()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.OnDial = static leg => leg.Ring();
        using var held = asterisk.Requests.Hold(On("ring"));
        var caller = asterisk.Arrive("+12025550101");
        var leg = await asterisk.DialedAsync();
        await asterisk.Requests.WaitForAsync(On("ring"), what: "Ringing");

        caller.HangUp();

        await asterisk.Requests.WaitForAsync("DELETE", $"/channels/{leg.Id}");
        held.Dispose();
        Assert.Equal(EndReasons.Cancelled, (await engine.EndedAsync(CallIds.ForArrival(caller.Id, null))).End?.Reason);
    }

    [Fact]
    public async Task Leg_Answers_WhileRingingIsStillAskedFor_IsBridgedAndTheCallerAnsweredAfterIt()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.OnDial = static leg => leg.Ring();
        using var held = asterisk.Requests.Hold(On("ring"));
        var caller = asterisk.Arrive("+12025550101");
        var leg = await asterisk.DialedAsync();
        await asterisk.Requests.WaitForAsync(On("ring"), what: "Ringing");

        leg.Answer();

        await asterisk.Requests.WaitForAsync(request => request.Segments is ["bridges", _, "addChannel"] && request["channel"] == leg.Id);
        await Task.Delay(AMoment);
        Assert.DoesNotContain(asterisk.Requests.All, On("answer").Invoke);
        held.Dispose();
        await engine.InStateAsync(CallIds.ForArrival(caller.Id, null), CallState.Connected);
    }

    [Fact]
    public async Task Caller_UpBeforeTheAnswerIsConfirmed_IsMarked()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.OnDial = static leg => leg.Answer();
        using var held = asterisk.Requests.Hold(On("answer"), done: true);
        var caller = asterisk.Arrive("+12025550101");

        await engine.InStateAsync(CallIds.ForArrival(caller.Id, null), CallState.Connected);

        await engine.UntilAsync(() => asterisk.Requests.All.Any(static request => request.Segments is ["bridges", _, "variables"]), "the second mark");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CallerLeaves_WhileALegIsBeingMade_LegIsHungUpOnceItIsThere(bool made)
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        asterisk.StasisDelay = TimeSpan.FromMilliseconds(20);
        await using var engine = await CallEngine.StartAsync(asterisk);
        using var held = asterisk.Requests.Hold(Creates(1), done: made);
        var caller = asterisk.Arrive("+12025550101");
        var id = CallIds.ForArrival(caller.Id, null);
        await asterisk.Requests.WaitForAsync(Creates(1), what: "A leg");

        caller.HangUp();
        await engine.InStateAsync(id, CallState.Ending);
        await Task.Delay(AMoment);
        Assert.DoesNotContain(asterisk.Requests.All, static request => request.Method == "DELETE");

        held.Dispose();
        Assert.Equal(EndReasons.Cancelled, (await engine.EndedAsync(id)).End?.Reason);
        await engine.UntilAsync(() => asterisk.Channels.Count == 0 && asterisk.Bridges.Count == 0, "everything to be gone");
        Assert.Empty(engine.Directory.Live);
    }

    [Fact]
    public async Task CallerLeaves_LegRequestBreaksButIsCarriedOut_LegIsHungUp()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        asterisk.StasisDelay = AMoment;
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.Requests.Break(Creates(1), done: true);
        var caller = asterisk.Arrive("+12025550101");
        await asterisk.Requests.WaitForAsync(Creates(1), what: "A leg");
        caller.HangUp();

        await engine.EndedAsync(CallIds.ForArrival(caller.Id, null));

        await engine.UntilAsync(() => asterisk.Channels.Count == 0 && asterisk.Bridges.Count == 0, "everything to be gone");
    }

    [Fact]
    public async Task Leg_AnswersWhileAnotherIsBeingMade_ConnectsAtOnceAndTheOtherGoesLater()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk, ToTwoPhones);
        asterisk.OnDial = static leg => leg.Answer();
        using var held = asterisk.Requests.Hold(Creates(2));
        var caller = asterisk.Arrive("+12025550101");
        var id = CallIds.ForArrival(caller.Id, null);

        await engine.InStateAsync(id, CallState.Connected);
        Assert.Equal(2, asterisk.Bridge(CallIds.Bridge(id))?.Channels.Count);
        held.Dispose();

        await engine.UntilAsync(() => asterisk.Channel(CallIds.Leg(id, 2)) is null && asterisk.Requests.All.Any(Ends(CallIds.Leg(id, 2))), "the other leg to go");
        Assert.Equal(2, asterisk.Channels.Count);
    }

    [Fact]
    public async Task Bridge_StillBeingMadeAtTheEnd_IsRemovedAfterwards()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        using var held = asterisk.Requests.Hold(MakesTheBridge);
        var caller = asterisk.Arrive("+12025550101");
        await asterisk.Requests.WaitForAsync(MakesTheBridge, what: "The bridge");

        caller.HangUp();

        await engine.EndedAsync(CallIds.ForArrival(caller.Id, null));
        await Task.Delay(AMoment);
        Assert.DoesNotContain(asterisk.Requests.All, static request => request is { Method: "DELETE", Segments: ["bridges", _] });
        held.Dispose();
        await asterisk.Requests.WaitForAsync(static request => request is { Method: "DELETE", Segments: ["bridges", _] });
        await engine.UntilAsync(() => asterisk.Bridges.Count == 0, "the bridge to go");
    }

    [Fact]
    public async Task Bridge_CannotBeMade_NothingIsPutIntoIt()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.Requests.Fail(MakesTheBridge, 500, "Unable to create bridge");
        var caller = asterisk.Arrive("+12025550101");

        var end = await engine.EndedAsync(CallIds.ForArrival(caller.Id, null));

        Assert.Equal(EndReasons.Failed, end.End?.Reason);
        Assert.DoesNotContain(asterisk.Requests.All, static request => request.Segments is ["bridges", _, "addChannel"]);
    }

    [Fact]
    public async Task Caller_GoesBack_AfterThePhonesWereHungUpAndTheMarkWasWritten()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk, ToTwoPhones);
        using var held = asterisk.Requests.Hold(static request => request.Method == "DELETE");
        var caller = asterisk.Arrive("+12025550101", args: "kind=trunk,return=unanswered");
        var id = CallIds.ForArrival(caller.Id, null);
        var leg = await asterisk.DialedAsync(which => which.Id == CallIds.Leg(id, 2));

        // The bridge cannot be kept: the call fails while both phones ring.
        asterisk.Requests.Fail(static request => request.Segments is ["bridges", _, "addChannel"], 500, "Broken", times: 9);
        leg.Answer();

        await asterisk.Requests.WaitForAsync(Ends(CallIds.Leg(id, 1)), what: "Hanging up");
        await Task.Delay(AMoment);
        Assert.DoesNotContain(asterisk.Requests.All, On("continue").Invoke);
        held.Dispose();
        await asterisk.Requests.WaitForAsync(On("continue"), what: "Continuing");
        await engine.EndedAsync(id);
    }

    private static bool MakesTheBridge(FakeRequest request) => request is { Method: "POST", Segments: ["bridges", _] };

    private static Func<FakeRequest, bool> On(string what) => request => request is { Method: "POST", Segments: ["channels", _, var last] } && last == what;

    private static Func<FakeRequest, bool> Ends(string channel) => request => request.Is("DELETE", $"/channels/{channel}");

    private static Func<FakeRequest, bool> Creates(int leg) =>
        request => request.Segments is ["channels", "create"] && request["channelId"]?.EndsWith($".leg{leg}", StringComparison.Ordinal) == true;

    private static ValueTask<RouteDecision> ToTwoPhones(RouteRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<RouteDecision>(new RingTargets(
            CallDirection.Inbound,
            new CallParty(null, request.CallerNumber, null),
            new CallParty("user-agent", "+12025550101", "Agent"),
            [new DialTarget("PJSIP/web-one", "", "", "user-agent"), new DialTarget("PJSIP/web-two", "", "", "user-agent")],
            TimeSpan.FromSeconds(30)));
}
