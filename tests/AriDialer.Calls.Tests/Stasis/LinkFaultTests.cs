using System.Diagnostics;
using AriDialer.Calls.Routing;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>The connection to Asterisk is cut, or swallows what passes: that is noticed, calls go on, and what was missed is found.</summary>
public sealed class LinkFaultTests
{
    private static readonly CallRequester Agent = new("user-agent", MayControlAll: false);

    [Theory]
    [InlineData("cut", 1)]
    [InlineData("cut", 10)]
    [InlineData("half-open", 10)]
    public Task Link_Lost_IsNoticedAndWhatWasMissedIsFound(string how, int seconds) => LoseAsync(how, TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("cut", 60)]
    [InlineData("half-open", 60)]
    [Trait(LongTests.Trait, LongTests.Long)]
    public Task Link_LostForLong_IsNoticedAndWhatWasMissedIsFound(string how, int seconds) => LoseAsync(how, TimeSpan.FromSeconds(seconds));

    private static async Task LoseAsync(string how, TimeSpan lasts)
    {
        using var line = new FaultLine("ARI connection", $"{how} for {lasts.TotalSeconds} s, calls talk, ring, end and are answered meanwhile");
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var cable = new TcpProxy(asterisk.Url.Port);
        await using var engine = await CallEngine.StartAsync(asterisk, RingForLongAsync, url: cable.Url);
        asterisk.OnDial = static leg => leg.Answer();
        var (talks, ends) = (await ConnectAsync(asterisk, engine, "talks"), await ConnectAsync(asterisk, engine, "ends"));
        asterisk.OnDial = static leg => leg.Ring();
        foreach (var id in new[] { "rings", "is-answered", "gives-up" })
        {
            asterisk.Arrive("+12025550101", id: id);
            await engine.InStateAsync(id, CallState.Ringing);
        }

        var dials = Dials(asterisk);
        var start = Stopwatch.GetTimestamp();
        if (how == "cut")
        {
            cable.Cut();
            await asterisk.DisconnectedAsync();
        }
        else
        {
            cable.Swallow();
        }

        // In this moment nobody here knows yet; then somebody wants something, too.
        asterisk.Channel(CallIds.Leg("is-answered", 1))!.Answer();
        asterisk.Channel(CallIds.Leg(ends, 1))!.HangUp();
        asterisk.Channel("gives-up")!.HangUp();
        Assert.Equal(ControlAnswer.Accepted, await engine.Directory.ControlAsync(talks, Agent, new CallControl.Hold()));
        await engine.UntilAsync(() => !engine.Link.IsConnected, "the loss to be noticed");
        var noticed = Stopwatch.GetElapsedTime(start);
        Assert.True(noticed < TimeSpan.FromSeconds(10), $"Noticed after {noticed}.");
        if (lasts > Stopwatch.GetElapsedTime(start))
        {
            await Task.Delay(lasts - Stopwatch.GetElapsedTime(start));
        }

        Assert.Equal(2, asterisk.Bridge(CallIds.Bridge(talks))!.Channels.Count);
        cable.Mend();
        start = Stopwatch.GetTimestamp();

        await engine.UntilAsync(() => engine.Link.IsConnected, "the link to be back");
        var back = Stopwatch.GetElapsedTime(start);
        Assert.Equal((EndReasons.Completed, true), (await engine.EndedAsync(ends)).End is { } end ? (end.Reason, end.Estimated) : default);
        Assert.Equal((EndReasons.Cancelled, true), (await engine.EndedAsync("gives-up")).End is { } cancel ? (cancel.Reason, cancel.Estimated) : default);
        await engine.InStateAsync("is-answered", CallState.Connected);
        Assert.Equal(CallState.Ringing, engine.Directory.Find("rings")!.State);
        await engine.UntilAsync(() => asterisk.Bridge(CallIds.Bridge(talks)) is { HasMusic: true, Channels.Count: 1 }, "the hold that was asked for meanwhile");
        asterisk.Channel(CallIds.Leg("rings", 1))!.Answer();
        await engine.InStateAsync("rings", CallState.Connected);
        Assert.Equal(dials, Dials(asterisk));
        foreach (var id in new[] { talks, "is-answered", "rings" })
        {
            await engine.Directory.ControlAsync(id, new CallRequester("boss", MayControlAll: true), new CallControl.End());
            await engine.EndedAsync(id);
        }

        await engine.UntilAsync(() => asterisk.Channels.Count == 0 && asterisk.Bridges.Count == 0, "nothing to be left");
        line.Survived($"connected again {back.TotalSeconds:F1} s after its end, all calls right; noticed after", noticed);
    }

    [Fact]
    public async Task Link_IsGoneAndRequestsPass_ALegIsMadeOnceSomebodyHearsOfIt()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.OnDial = static leg => leg.Answer();
        var id = await ConnectAsync(asterisk, engine, "talks");
        asterisk.Requests.Fail(static request => request.Is("GET", "/events"), 503, "full", times: 3);
        asterisk.DropSockets();
        await engine.UntilAsync(() => !engine.Link.IsConnected, "the loss to be noticed");

        Assert.Equal(ControlAnswer.Accepted, await engine.Directory.ControlAsync(id, Agent, new CallControl.Reconnect("web-agent", SoundIsLost: true)));

        await engine.ToldAsync(call => call.Id == id && call.Legs.Any(leg => leg.ChannelId == CallIds.Leg(id, 2) && leg.State == LegState.Up), "the new leg");
        Assert.True(engine.Link.IsConnected);
        Assert.Equal(2, Dials(asterisk));
    }

    [Fact]
    public async Task Link_IsGoneAgainWhileItReconciles_ALegIsMadeOnceSomebodyHearsOfIt()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.OnDial = static leg => leg.Answer();
        var id = await ConnectAsync(asterisk, engine, "talks");
        using (asterisk.Requests.Hold(static request => request.Is("GET", "/channels")))
        {
            var lists = Lists(asterisk);
            asterisk.DropSockets();
            await engine.UntilAsync(() => Lists(asterisk) > lists, "it to reconcile");
            asterisk.Requests.Fail(static request => request.Is("GET", "/events"), 503, "full", times: 3);
            asterisk.DropSockets();
            await asterisk.DisconnectedAsync();
            await engine.UntilAsync(() => Openings(asterisk) >= 3, "the loss to be noticed");

            Assert.Equal(ControlAnswer.Accepted, await engine.Directory.ControlAsync(id, Agent, new CallControl.Reconnect("web-agent", SoundIsLost: true)));

            // It is back before the reader, who still waits for the list, can know that it was away.
            await engine.UntilAsync(() => Dials(asterisk) == 2, "the leg to be made");
            Assert.Equal(3, asterisk.SocketsOpened);
        }

        await engine.ToldAsync(call => call.Id == id && call.Legs.Any(leg => leg.ChannelId == CallIds.Leg(id, 2) && leg.State == LegState.Up), "the new leg");
        Assert.Equal(2, Dials(asterisk));
    }

    [Fact]
    public async Task Reconcile_FailsForLongerThanItIsTried_IsMadeUpForLater()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var log = new CapturedLog();
        await using var engine = await CallEngine.StartAsync(
            asterisk.Url, FakeAsterisk.Username, FakeAsterisk.Password, CallEngine.ToTrunk, log, calls: static options => options.ReconcileWithin = TimeSpan.FromSeconds(1));
        asterisk.OnDial = static leg => leg.Answer();
        var id = await ConnectAsync(asterisk, engine, "ends");
        var isBroken = true;
        asterisk.Requests.Fail(request => Volatile.Read(ref isBroken) && request.Is("GET", "/channels"), 503, "full", times: int.MaxValue);
        asterisk.DropSockets();
        await asterisk.DisconnectedAsync();
        asterisk.Channel(CallIds.Leg(id, 1))!.HangUp();
        await engine.UntilAsync(() => asterisk.SocketsOpened == 2, "the socket to be back");
        await engine.UntilAsync(() => asterisk.SocketsOpened == 3, "it to be opened anew");
        Assert.False(engine.Link.IsConnected);

        Volatile.Write(ref isBroken, false);

        await engine.UntilAsync(() => engine.Link.IsConnected, "the link to be back");
        await engine.EndedAsync(id);
        Assert.Contains(log.Lines, static line => line.Contains("connecting anew", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Request_BreaksWhileACallIsSetUp_IsRepeatedAndTheCallComesAbout(bool done)
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.OnDial = static leg => leg.Answer();
        var changes = 0;
        asterisk.Requests.Break(request => request.Method == "POST" && Interlocked.Increment(ref changes) % 2 == 1, done, times: 30);

        var caller = asterisk.Arrive("+12025550101");
        await engine.InStateAsync(CallIds.ForArrival(caller.Id, null), CallState.Connected);
        await engine.UntilAsync(() => caller.Bridge?.Channels.Count == 2, "both in the bridge");
        Assert.Equal(2, asterisk.Channels.Count);
    }

    [Fact]
    public async Task Digits_WhoseRequestBreaks_AreNotSentTwice()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.OnDial = static leg => leg.Answer();
        var id = await ConnectAsync(asterisk, engine, "caller-1");
        asterisk.Requests.Break(IsDigits, done: true);
        await engine.Directory.ControlAsync(id, Agent, new CallControl.SendDigits("12", Masked: false));
        await asterisk.Requests.WaitForAsync(IsDigits);
        await Task.Delay(500);
        Assert.Single(asterisk.Requests.All, IsDigits);
    }

    private static async ValueTask<RouteDecision> RingForLongAsync(RouteRequest request, CancellationToken cancellationToken) =>
        (RingTargets)await CallEngine.ToTrunk(request, cancellationToken) with { RingFor = TimeSpan.FromMinutes(5) };

    private static bool IsDigits(FakeRequest request) => request.Path.EndsWith("/dtmf", StringComparison.Ordinal);

    private static int Lists(FakeAsterisk asterisk) => asterisk.Requests.All.Count(static request => request.Is("GET", "/channels"));

    private static int Openings(FakeAsterisk asterisk) => asterisk.Requests.All.Count(static request => request.Is("GET", "/events"));

    private static int Dials(FakeAsterisk asterisk) =>
        asterisk.Requests.All.Count(static request => request.Is("POST", "/channels/create"));

    private static async Task<string> ConnectAsync(FakeAsterisk asterisk, CallEngine engine, string id)
    {
        asterisk.Arrive("+12025550101", id: id);
        await engine.InStateAsync(id, CallState.Connected);
        await engine.UntilAsync(() => asterisk.Bridge(CallIds.Bridge(id)) is { Channels.Count: 2 }, "both in the bridge");
        return id;
    }
}
