using AriDialer.Calls.Media;
using AriDialer.Calls.Tests.Stasis;
using AriDialer.Testing;
using static AriDialer.Calls.Tests.Media.TapScene;

namespace AriDialer.Calls.Tests.Media;

/// <summary>Opening a tap on a leg of a call, and what may go wrong on the way.</summary>
public sealed class AudioTapsTests
{
    [Fact]
    public async Task Open_OnALegOfACall_GivesItsFramesAndLeavesNothingWhenDisposed()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine);
        var before = engine.Directory.Find(id)!;

        var tap = (await engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken))!;
        Assert.Equal((id, CallIds.Leg(id, 1)), (tap.CallId, tap.ChannelId));
        var snoop = await asterisk.Requests.WaitForAsync(request => request.Segments is ["channels", _, "snoop", _]);
        Assert.Equal((CallIds.Leg(id, 1), "in"), (snoop.Segments[1], snoop["spy"]));
        Assert.Equal(2, asterisk.Bridges.Single(bridge => bridge.Id.Contains(".tbr", StringComparison.Ordinal)).Channels.Count);

        var media = Assert.Single(asterisk.Media);
        media.SendFrame(1);
        media.SendFrame(2);
        var first = await ReadAsync(tap);
        var second = await ReadAsync(tap);
        Assert.Equal((0, tap.StartedAt), (first.Begin, first.At));
        Assert.All(first.Samples, sample => Assert.Equal(1, sample));
        Assert.All(second.Samples, sample => Assert.Equal(2, sample));
        Assert.InRange(second.Begin, 1, 320);
        Assert.InRange(TimeProvider.System.GetUtcNow() - tap.StartedAt, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal((2, 0), (tap.FramesRead, tap.FramesDropped));

        await tap.DisposeAsync();
        await NothingIsLeftOfTapsAsync(asterisk, engine);
        Assert.True(tap.Frames.Completion.IsCompleted);

        // The call has not noticed.
        Assert.Equal(2, asterisk.Channels.Count);
        Assert.Equal(before.Version, engine.Directory.Find(id)!.Version);
    }

    [Fact]
    public async Task Open_MediaChannelEntersStasisLate_IsWaitedFor()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine);
        asterisk.StasisDelay = TimeSpan.FromMilliseconds(200);

        await using var tap = await engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken);

        // The fake too refuses what is not in Stasis yet (422): it was asked once, when both were there.
        Assert.NotNull(tap);
        Assert.Single(asterisk.Requests.All, request => request.Segments is ["bridges", var bridge, "addChannel"] && CallIds.IsTap(bridge));
    }

    [Fact]
    public async Task Open_LegHasGone_GivesNullAndLeavesNothing()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        Assert.Null(await engine.Taps.OpenAsync("call-1", "call-1.leg1", TestContext.Current.CancellationToken));
        await NothingIsLeftOfTapsAsync(asterisk, engine);
    }

    [Theory]
    [InlineData("snoop")]
    [InlineData("externalMedia")]
    [InlineData(".tbr")]
    [InlineData("addChannel")]
    public async Task Open_AsteriskRefusesOnTheWay_GivesNullSaysSoOnceAndLeavesNothing(string what)
    {
        using var log = new CapturedLog();
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk, log: log);
        var id = await ConnectAsync(asterisk, engine);
        asterisk.Requests.Fail(request => request.Method == "POST" && request.Path.Contains(what, StringComparison.Ordinal), 500, "Internal Server Error");

        Assert.Null(await engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken));
        await NothingIsLeftOfTapsAsync(asterisk, engine);
        Assert.Single(log.Lines, line => line.Contains("No tap", StringComparison.Ordinal));
        Assert.Equal(2, asterisk.Channels.Count);
    }

    [Fact]
    public async Task Open_GivenUpHalfWay_ThrowsAndLeavesNothing()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine);
        asterisk.StasisDelay = TimeSpan.FromSeconds(1);
        using var cancel = new CancellationTokenSource();
        var opening = engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), cancel.Token);
        await engine.UntilAsync(() => asterisk.Media is [{ IsOpen: true }], "the socket to be opened");

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        await NothingIsLeftOfTapsAsync(asterisk, engine);
    }

    [Fact]
    public async Task ConnectionId_TheOnlySecretOfATap_IsInNoLogLine()
    {
        using var log = new CapturedLog();
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk, log: log);
        var id = await ConnectAsync(asterisk, engine);
        List<string> secrets = [];
        asterisk.Requests.Fail(request => request.Path.EndsWith("/addChannel", StringComparison.Ordinal) && request.Path.Contains(".tbr", StringComparison.Ordinal), 500, "no");
        for (var time = 0; time < 2; time++)
        {
            var opening = engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken);
            await engine.UntilAsync(() => asterisk.Media.Count > 0 || opening.IsCompleted, "the media channel");
            secrets.AddRange(asterisk.Media.Select(media => media.ConnectionId));
            if (await opening is { } tap)
            {
                await tap.DisposeAsync();
            }
        }

        Assert.NotEmpty(secrets);
        Assert.NotEmpty(log.Lines);
        Assert.All(log.Lines, line => Assert.All(secrets, secret => Assert.DoesNotContain(secret, line, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8088", "ws://127.0.0.1:8088/media/abc")]
    [InlineData("https://pbx.example.com/asterisk/", "wss://pbx.example.com/asterisk/media/abc")]
    public void MediaSocket_Address_IsBesideAri(string url, string expected) =>
        Assert.Equal(new Uri(expected), MediaSocket.AddressOf(new Uri(url), "abc"));
}
