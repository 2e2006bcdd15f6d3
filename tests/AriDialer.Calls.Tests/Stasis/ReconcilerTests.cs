using AriDialer.Ari;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>What is left of calls when the application or its socket comes back.</summary>
public sealed class ReconcilerTests
{
    [Fact]
    public async Task Reconciler_AppKilledInMidCall_AdoptsItUnderTheSameIdWithItsTimes()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        asterisk.OnDial = static leg => leg.Answer();
        string id;
        CallSnapshot before;
        await using (var first = await CallEngine.StartAsync(asterisk))
        {
            id = CallIds.ForArrival(asterisk.Arrive("+12025550101").Id, null);
            before = await first.InStateAsync(id, CallState.Connected);
            await asterisk.Requests.WaitForAsync(IsMarkOfAConnectedCall);
        }

        await using var second = await CallEngine.StartAsync(asterisk);
        var adopted = await second.InStateAsync(id, CallState.Connected);
        Assert.Equal((before.Caller, before.Callee, before.StartedAt, before.AnsweredAt), (adopted.Caller, adopted.Callee, adopted.StartedAt, adopted.AnsweredAt));

        Assert.Equal(ControlResult.Accepted, (await second.Directory.ControlAsync(id, new CallRequester("user-agent", MayControlAll: false), new CallControl.HangUp())).Result);
        await second.EndedAsync(id);
        Assert.Empty(asterisk.Channels);
        Assert.Single(asterisk.Requests.All, request => request.Path.EndsWith("/dial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reconciler_AppKilledWhileRinging_GoesOnRingingAndConnects()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        asterisk.OnDial = static leg => leg.Ring();
        string id;
        await using (var first = await CallEngine.StartAsync(asterisk))
        {
            id = CallIds.ForArrival(asterisk.Arrive("+12025550101").Id, null);
            await first.InStateAsync(id, CallState.Ringing);
        }

        await using var second = await CallEngine.StartAsync(asterisk);
        await second.InStateAsync(id, CallState.Ringing);
        asterisk.Channel(CallIds.Leg(id, 1))!.Answer();
        await second.InStateAsync(id, CallState.Connected);
        Assert.Single(asterisk.Requests.All, request => request.Path.EndsWith("/dial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reconciler_CallerHangsUpWhileTheAppIsAway_EndsTheOrphanedLeg()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        asterisk.OnDial = static leg => leg.Answer();
        await using (var first = await CallEngine.StartAsync(asterisk))
        {
            await first.InStateAsync(CallIds.ForArrival(asterisk.Arrive("+12025550101", id: "caller-1").Id, null), CallState.Connected);
            await asterisk.Requests.WaitForAsync(IsMarkOfAConnectedCall);
        }

        await asterisk.DisconnectedAsync();
        asterisk.Channel("caller-1")!.HangUp();
        await using var second = await CallEngine.StartAsync(asterisk);
        var end = (await second.EndedAsync("caller-1")).End!;
        Assert.Equal((EndReasons.Completed, true), (end.Reason, end.Estimated));
        await second.UntilAsync(() => asterisk.Channels.Count == 0 && asterisk.Bridges.Count == 0, "the leg and the bridge to be removed");
    }

    [Fact]
    public async Task Reconciler_CalleeHangsUpDuringAGap_IsFoundOut()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        asterisk.OnDial = static leg => leg.Answer();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var id = CallIds.ForArrival(asterisk.Arrive("+12025550101").Id, null);
        await engine.InStateAsync(id, CallState.Connected);

        asterisk.DropSockets();
        await asterisk.DisconnectedAsync();
        asterisk.Channel(CallIds.Leg(id, 1))!.HangUp();

        var end = await engine.EndedAsync(id);
        Assert.Equal((EndReasons.Completed, true), (end.End!.Reason, end.End.Estimated));
        Assert.Empty(asterisk.Channels);
    }

    [Fact]
    public async Task Reconciler_ForeignChannelsAndBridges_AreLeftAlone()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = new AriClient(new AriOptions { Url = asterisk.Url, Username = FakeAsterisk.Username, Password = FakeAsterisk.Password, App = "other" });
        using var others = await ari.Events.EventWebsocketAsync(["other", "aridialer"]);
        await ari.Bridges.CreateWithIdAsync("somebody-elses-bridge");
        await ari.Bridges.CreateWithIdAsync("call-long-gone.bridge");
        await ari.Channels.CreateAsync("PJSIP/other", "other", channelId: "others-channel");
        await ari.Channels.CreateAsync("PJSIP/web-agent", "aridialer", channelId: "call-long-gone.leg1");

        await using var engine = await CallEngine.StartAsync(asterisk);
        await engine.UntilAsync(() => asterisk.Channel("call-long-gone.leg1") is null && asterisk.Bridge("call-long-gone.bridge") is null, "ours to be reaped");
        Assert.NotNull(asterisk.Bridge("somebody-elses-bridge"));
        Assert.NotNull(asterisk.Channel("others-channel"));
    }

    private static bool IsMarkOfAConnectedCall(FakeRequest request) =>
        request.Path.EndsWith(".bridge/variables", StringComparison.Ordinal) && request.Body!.ToJsonString().Contains("answeredAt", StringComparison.Ordinal);
}
