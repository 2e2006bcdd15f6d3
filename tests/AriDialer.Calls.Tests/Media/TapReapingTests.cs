using AriDialer.Calls.Tests.Stasis;
using AriDialer.Testing;
using static AriDialer.Calls.Tests.Media.TapScene;

namespace AriDialer.Calls.Tests.Media;

/// <summary>What becomes of a tap in Asterisk once nobody has it open.</summary>
public sealed class TapReapingTests
{
    [Fact]
    public async Task Tap_LegHangsUp_CompletesAndIsReapedAtOnce()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine);
        await using var callee = (await engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken))!;
        await using var caller = (await engine.Taps.OpenAsync(id, asterisk.Channels[0].Id, TestContext.Current.CancellationToken))!;
        foreach (var media in asterisk.Media)
        {
            media.SendFrame(5);
        }

        asterisk.Channel(CallIds.Leg(id, 1))!.HangUp();

        await engine.EndedAsync(id);
        Assert.Equal(1, await CountAsync(callee));
        Assert.Equal(1, await CountAsync(caller));
        await NothingIsLeftOfTapsAsync(asterisk, engine);
        await engine.UntilAsync(() => asterisk.Channels.Count == 0 && asterisk.Bridges.Count == 0, "the call to be gone too");
    }

    [Fact]
    public async Task Tap_LegGoesBackToTheDialplan_Completes()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.OnDial = static leg => leg.HangUp(17);
        var held = asterisk.Requests.Hold(request => request.Path.EndsWith("/dial", StringComparison.Ordinal));
        var caller = asterisk.Arrive("+12025550101", args: "kind=trunk,return=unanswered");
        var id = CallIds.ForArrival(caller.Id, null);
        await asterisk.Requests.WaitForAsync(request => request.Path.EndsWith("/dial", StringComparison.Ordinal));
        await using var tap = (await engine.Taps.OpenAsync(id, caller.Id, TestContext.Current.CancellationToken))!;

        held.Dispose();
        await engine.EndedAsync(id);
        Assert.Equal(0, await CountAsync(tap));
        await NothingIsLeftOfTapsAsync(asterisk, engine);
        Assert.False(caller.Gone);
    }

    [Fact]
    public async Task Taps_TheAppGoesAwayAndStartsAgain_ReapsWhatItLeft()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        string id;
        await using (var first = await CallEngine.StartAsync(asterisk))
        {
            id = await ConnectAsync(asterisk, first);
            Assert.NotNull(await first.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken));
        }

        Assert.Contains(asterisk.Channels, channel => CallIds.IsTap(channel.Id));
        Assert.Contains(asterisk.Bridges, bridge => CallIds.IsTap(bridge.Id));
        await using var second = await CallEngine.StartAsync(asterisk);
        await second.InStateAsync(id, CallState.Connected);
        await NothingIsLeftOfTapsAsync(asterisk, second);
        Assert.Equal(2, asterisk.Channels.Count);
        await using var again = await second.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task Taps_EventSocketIsLostAndComesBack_TheOpenOnesGoOnAndTheOthersEnd()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var stays = await ConnectAsync(asterisk, engine, "caller-1");
        var ends = await ConnectAsync(asterisk, engine, "caller-2");
        await using var open = (await engine.Taps.OpenAsync(stays, CallIds.Leg(stays, 1), TestContext.Current.CancellationToken))!;
        await using var over = (await engine.Taps.OpenAsync(ends, CallIds.Leg(ends, 1), TestContext.Current.CancellationToken))!;

        asterisk.DropSockets();
        await asterisk.DisconnectedAsync();
        asterisk.Channel(CallIds.Leg(ends, 1))!.HangUp();

        Assert.Equal(0, await CountAsync(over));
        await engine.EndedAsync(ends);
        await engine.UntilAsync(() => asterisk.Channels.Count(channel => CallIds.IsTap(channel.Id)) == 2, "the other tap to be reaped");
        Assert.Equal(CallState.Connected, engine.Directory.Find(stays)!.State);
        Assert.Single(asterisk.Media).SendFrame(4);
        Assert.Equal(4, (await ReadAsync(open)).Samples[0]);
    }

    [Fact]
    public async Task Taps_EventSocketIsLostWhileOneIsBeingOpened_ItIsNotTakenForALeftover()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine);
        var held = asterisk.Requests.Hold(request => request.Path.EndsWith("/externalMedia", StringComparison.Ordinal));
        var opening = engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken);
        await asterisk.Requests.WaitForAsync("POST", "/channels/externalMedia");

        asterisk.DropSockets();
        await engine.UntilAsync(() => !engine.Link.IsConnected, "the link to be down");
        await engine.UntilAsync(() => engine.Link.IsConnected, "the link to be up and all to be reconciled");
        held.Dispose();

        await using var tap = await opening;
        Assert.NotNull(tap);
        Assert.Single(asterisk.Media).SendFrame(6);
        Assert.Equal(6, (await ReadAsync(tap)).Samples[0]);
    }

    [Fact]
    public async Task Reconciler_MediaChannelForWhichNobodyCame_IsReaped()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = new Ari.AriClient(new Ari.AriOptions { Url = asterisk.Url, Username = FakeAsterisk.Username, Password = FakeAsterisk.Password, App = "aridialer" });
        await ari.Channels.ExternalMediaAsync(
            "aridialer", "slin16", channelId: "call-long-gone.med5", encapsulation: "none", transport: "websocket", connectionType: "server", direction: "in",
            cancellationToken: TestContext.Current.CancellationToken);
        await using var engine = await CallEngine.StartAsync(asterisk);
        await NothingIsLeftOfTapsAsync(asterisk, engine);
    }

    [Fact]
    public async Task Dispose_TheFirstRequestFails_IsTriedAgain()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine);
        var tap = (await engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken))!;
        asterisk.Requests.Fail(request => request.Method == "DELETE" && request.Path.Contains(".med", StringComparison.Ordinal), 500, "Internal Server Error");
        await tap.DisposeAsync();
        await NothingIsLeftOfTapsAsync(asterisk, engine);
    }
}
