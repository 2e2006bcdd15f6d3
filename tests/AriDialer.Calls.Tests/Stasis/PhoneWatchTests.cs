using AriDialer.Calls.Routing;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>Whose phone has lost its connection: is anything heard from them?</summary>
public sealed class PhoneWatchTests
{
    private const string Phone = "web-agent";

    [Fact]
    public async Task Connection_LostAndNothingHeard_AgentIsAwayUntilTheyAreHeard()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var connection = engine.Phones.Open(Phone);
        var (id, leg) = await TalkAsync(asterisk, engine);

        leg.IsSilent = true;
        connection.Dispose();
        var away = await engine.ToldAsync(call => call.Id == id && IsAway(call), "the agent being away");

        leg.IsSilent = false;
        await engine.ToldAsync(call => call.Id == id && call.Version > away.Version && !IsAway(call), "the agent being back");
        Assert.Equal(CallState.Connected, engine.Directory.Find(id)?.State);
    }

    [Fact]
    public async Task Connection_LostAndAnotherOneThereAtOnce_StillTellsWhetherAnythingIsHeard()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var connection = engine.Phones.Open(Phone);
        var (id, leg) = await TalkAsync(asterisk, engine);

        leg.IsSilent = true;
        using var next = engine.Phones.Open(Phone);
        connection.Dispose();
        await engine.ToldAsync(call => call.Id == id && IsAway(call), "the agent being away");
    }

    [Fact]
    public async Task Connection_LostButTheVoiceGoesOn_TouchesNothingAndIsLookedAtNoMore()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var connection = engine.Phones.Open(Phone);
        var (id, _) = await TalkAsync(asterisk, engine);
        Assert.Equal(0, Looks(asterisk));

        using var next = engine.Phones.Open(Phone);
        connection.Dispose();
        await engine.UntilAsync(() => Looks(asterisk) == 2, "two looks");
        await Task.Delay(700);
        Assert.Equal(2, Looks(asterisk));
        Assert.DoesNotContain(engine.ToldSoFar(), call => call.Id == id && IsAway(call));
    }

    [Fact]
    public async Task Phone_ThatLostAConnectionBefore_AndHasNoSoundYetInItsNextCall_IsNotAway()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        engine.Phones.Open(Phone).Dispose();
        using var connection = engine.Phones.Open(Phone);
        var caller = asterisk.Arrive("+12025550101");
        var leg = await asterisk.DialedAsync();
        (leg.IsSilent, leg.Packets) = (true, 0);
        leg.Answer();
        await engine.InStateAsync(CallIds.ForArrival(caller.Id, null), CallState.Connected);

        // Longer than two looks take; then the browser has its keys.
        await engine.UntilAsync(() => Looks(asterisk) >= 3, "three looks");
        leg.IsSilent = false;
        var looks = Looks(asterisk);
        await engine.UntilAsync(() => Looks(asterisk) > looks, "one more look");
        await Task.Delay(500);
        Assert.DoesNotContain(engine.ToldSoFar(), IsAway);
    }

    [Fact]
    public async Task Caller_WhoseLineWasLostWhileItRings_IsAwayAsSoonAsItIsAnswered_ThoughThereIsAnotherLine()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk, FromTheAgent);
        var connection = engine.Phones.Open(Phone);
        var caller = asterisk.Arrive("+442079460111", context: Phone);
        caller.IsSilent = true;
        var id = CallIds.ForArrival(caller.Id, null);
        var leg = await asterisk.DialedAsync();
        await engine.ToldAsync(call => call.Id == id, "the call");

        connection.Dispose();
        using var next = engine.Phones.Open(Phone);
        await engine.ToldAsync(call => call.Id == id && call.State != CallState.Connected && IsAway(call), "the caller being away while it rings");
        leg.Answer();
        Assert.True(IsAway(await engine.InStateAsync(id, CallState.Connected)));
    }

    [Fact]
    public async Task Caller_WhoseLineWasLostWhileItRings_AndIsNotBack_RingsNobodyAnyMore()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk, FromTheAgent);
        var connection = engine.Phones.Open(Phone);
        var caller = asterisk.Arrive("+442079460111", context: Phone);
        caller.IsSilent = true;
        await asterisk.DialedAsync();

        connection.Dispose();
        Assert.Equal(new CallEnd(EndedBy.System, EndReasons.ConnectionLost, 27), (await engine.EndedAsync(CallIds.ForArrival(caller.Id, null))).End);
    }

    [Fact]
    public async Task Phone_ThatAnswersAndIsGoneAtOnce_IsAwayWithoutWaitingForItsFirstSound()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var connection = engine.Phones.Open(Phone);
        var caller = asterisk.Arrive("+12025550101");
        var leg = await asterisk.DialedAsync();
        (leg.IsSilent, leg.Packets) = (true, 0);
        leg.Answer();
        var id = CallIds.ForArrival(caller.Id, null);
        await engine.InStateAsync(id, CallState.Connected);

        var since = TimeProvider.System.GetTimestamp();
        connection.Dispose();
        await engine.ToldAsync(call => call.Id == id && IsAway(call), "the phone being away");
        Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(4), "It was waited for as for one who has just answered.");
    }

    [Fact]
    public async Task Phone_ExpectedAfterAStartAndNothingHeard_EndsTheCallInTime()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        string id;
        await using (var first = await CallEngine.StartAsync(asterisk))
        {
            (id, var leg) = await TalkAsync(asterisk, first);
            leg.IsSilent = true;
        }

        await using var second = await CallEngine.StartAsync(asterisk);
        second.Phones.Expect(Phone);
        Assert.Equal(new CallEnd(EndedBy.System, EndReasons.ConnectionLost, 27), (await second.EndedAsync(id)).End);
    }

    private static async Task<(string Id, FakeChannel Leg)> TalkAsync(FakeAsterisk asterisk, CallEngine engine)
    {
        var caller = asterisk.Arrive("+12025550101");
        var id = CallIds.ForArrival(caller.Id, null);
        var leg = await asterisk.DialedAsync();
        leg.Answer();
        await engine.InStateAsync(id, CallState.Connected);
        return (id, leg);
    }

    private static ValueTask<RouteDecision> FromTheAgent(RouteRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<RouteDecision>(new RingTargets(
            CallDirection.Outbound,
            new CallParty("user-agent", "+12025550101", "Agent"),
            new CallParty(null, request.Dialled, null),
            [new DialTarget("PJSIP/+442079460111@trunk", "", "", null)],
            TimeSpan.FromSeconds(30)));

    private static bool IsAway(CallSnapshot call) => call.Legs.Any(leg => leg.IsAway);

    private static int Looks(FakeAsterisk asterisk) =>
        asterisk.Requests.All.Count(request => request.Path.EndsWith("/rtp_statistics", StringComparison.Ordinal));
}
