using System.Diagnostics;
using AriDialer.Ari.Models;
using AriDialer.Testing;

namespace AriDialer.Ari.Tests;

public sealed class AriClientTests
{
    [Fact]
    public async Task Request_Refused_SaysMethodPathStatusAndMessageButNoQuery()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);

        var refused = await Assert.ThrowsAsync<AriException>(() => ari.Channels.SetChannelVarAsync("none", "SECRET", "value"));

        Assert.Equal((AriErrorKind.Gone, "POST", "/channels/none/variable", 404), (refused.Kind, refused.Method, refused.Path, refused.Status));
        Assert.Equal("Provided channel was not found", refused.AsteriskMessage);
        Assert.Equal("POST /channels/none/variable: 404 Provided channel was not found", refused.Message);
    }

    [Fact]
    public async Task Request_WrongPassword_IsFaultWithStatus()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk, options => options.Password = "wrong");

        var refused = await Assert.ThrowsAsync<AriException>(() => ari.Asterisk.PingAsync());
        Assert.Equal((AriErrorKind.Fault, 401), (refused.Kind, refused.Status));
        Assert.DoesNotContain("wrong", refused.ToString());
    }

    [Fact]
    public async Task Request_NobodyListens_IsFaultWithoutStatus()
    {
        var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        await asterisk.DisposeAsync();

        var failed = await Assert.ThrowsAsync<AriException>(() => ari.Asterisk.PingAsync());
        Assert.Equal((AriErrorKind.Fault, null, "GET", "/asterisk/ping"), (failed.Kind, failed.Status, failed.Method, failed.Path));
        Assert.IsType<HttpRequestException>(failed.InnerException);
    }

    [Fact]
    public async Task Request_ConnectionBreaks_IsFault()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        asterisk.Requests.Break(request => request.Segments is ["asterisk", "ping"], done: true);

        var failed = await Assert.ThrowsAsync<AriException>(() => ari.Asterisk.PingAsync());
        Assert.Equal((AriErrorKind.Fault, null), (failed.Kind, failed.Status));
        Assert.Equal("pong", (await ari.Asterisk.PingAsync()).Ping);
    }

    [Fact]
    public async Task Request_NoAnswer_IsGivenUpInTime()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk, options => options.RequestTimeout = TimeSpan.FromMilliseconds(200));
        asterisk.Stall();

        var clock = Stopwatch.StartNew();
        var failed = await Assert.ThrowsAsync<AriException>(() => ari.Asterisk.PingAsync());
        Assert.Equal((AriErrorKind.Fault, null), (failed.Kind, failed.Status));
        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Request_Cancelled_IsCancelledAndNoFault()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        using var held = asterisk.Requests.Hold(request => request.Segments is ["asterisk", "ping"]);
        using var stop = new CancellationTokenSource();

        var ping = ari.Asterisk.PingAsync(stop.Token);
        await asterisk.Requests.WaitForAsync("GET", "/asterisk/ping");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ping);
    }

    [Fact]
    public async Task Request_HeldWhileOthersGo_DoesNotHoldThem()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        var held = asterisk.Requests.Hold(request => request.Segments is ["bridges"]);
        var bridges = ari.Bridges.ListAsync();
        await asterisk.Requests.WaitForAsync("GET", "/bridges");

        Assert.Empty(await ari.Channels.ListAsync());
        Assert.False(bridges.IsCompleted);
        held.Dispose();
        Assert.Empty(await bridges);
    }

    [Fact]
    public async Task Create_IdInUse_IsConflict()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        using var events = await ari.Events.EventWebsocketAsync(["aridialer"]);
        var channel = await ari.Channels.CreateAsync("PJSIP/web-1", "aridialer", channelId: "leg", appArgs: "kind=leg,call=1");
        Assert.Equal(("leg", "Down", "aridialer,kind=leg,call=1"), (channel.Id, channel.State, channel.Dialplan.AppData));

        var refused = await Assert.ThrowsAsync<AriException>(() => ari.Channels.CreateAsync("PJSIP/web-1", "aridialer", channelId: "leg"));
        Assert.Equal((AriErrorKind.Conflict, 409), (refused.Kind, refused.Status));
    }

    [Fact]
    public async Task Answer_LeftStasis_IsNotInStasis()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        var stranger = asterisk.Arrive("+12025550101");

        var refused = await Assert.ThrowsAsync<AriException>(() => ari.Channels.AnswerAsync(stranger.Id));
        Assert.Equal((AriErrorKind.NotInStasis, 409), (refused.Kind, refused.Status));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task Request_IdThatWouldClimbOutOfItsPath_IsRefused(string id)
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        await Assert.ThrowsAsync<ArgumentException>(async () => await ari.Channels.GetAsync(id));
        Assert.Empty(asterisk.Requests.All);
    }

    [Fact]
    public async Task Request_AnyText_ArrivesAsItIs()
    {
        const string Odd = "a/b&c=d?e#f%g +é,\"\\;☎";
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);

        await ari.Asterisk.SetGlobalVarAsync(Odd, Odd);
        await Assert.ThrowsAsync<AriException>(() => ari.Channels.GetAsync(Odd));

        Assert.Equal(Odd, asterisk.Globals[Odd]);
        Assert.Equal(Odd, asterisk.Requests.All[1].Segments[1]);
    }

    [Fact]
    public async Task Bodies_OfEachKind_AreWhatAsteriskTakes()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        using var events = await ari.Events.EventWebsocketAsync(["other"]);
        await ari.Channels.CreateAsync("PJSIP/web-1", "other", channelId: "leg", variables: new Dictionary<string, AriVariable> { ["A"] = new("x", true), ["B"] = "y" });
        await ari.Asterisk.UpdateObjectAsync("res_pjsip", "auth", "web-1", [new ConfigTuple { Attribute = "password", Value = "s" }]);
        await Assert.ThrowsAsync<AriException>(() => ari.Applications.FilterAsync("aridialer", EventFilter.Without("ChannelVarset", "ChannelDialplan")));
        await Assert.ThrowsAsync<AriException>(() => ari.Applications.FilterAsync("aridialer", EventFilter.Only("StasisStart")));
        await Assert.ThrowsAsync<AriException>(() => ari.Endpoints.SendMessageAsync("pjsip:a", "pjsip:b", "hello", new Dictionary<string, string> { ["X-A"] = "1" }));

        Assert.Equal(
            [
                """{"variables":{"A":{"value":"x","report_events":true},"B":{"value":"y","report_events":false}}}""",
                """{"fields":[{"attribute":"password","value":"s"}]}""",
                """{"disallowed":[{"type":"ChannelVarset"},{"type":"ChannelDialplan"}]}""",
                """{"allowed":[{"type":"StasisStart"}]}""",
                """{"variables":{"X-A":"1"}}""",
            ],
            asterisk.Requests.All.Where(request => request.Body is not null).Select(request => request.Body!.ToJsonString()));
        Assert.Equal("x", (await ari.Channels.GetAsync("leg")).Channelvars!["A"]);
    }

    [Fact]
    public void Handler_IdleConnections_AreGivenUpBeforeAsteriskDoes()
    {
        using var handler = AriClient.CreateHandler(new AriOptions { MaxConnections = 7 });
        Assert.True(handler.PooledConnectionIdleTimeout < TimeSpan.FromSeconds(15));
        Assert.Equal(7, handler.MaxConnectionsPerServer);
    }
}
