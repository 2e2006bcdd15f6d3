using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using AriDialer.Ari.Events;
using AriDialer.Testing;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Ari.Tests.Events;

/// <summary>What the socket does when the far side is gone, slow, or talks nonsense.</summary>
public sealed class AriEventSocketFaultTests
{
    [Fact]
    public async Task Socket_Drops_SaysSoOnceAndComesBackAfterGap()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        await using var stream = new MessageStream(new AriEventSocket(ari));
        Assert.Equal(new AriMessage.Connected(AfterGap: false), await stream.NextAsync());

        for (var round = 1; round <= 3; round++)
        {
            asterisk.DropSockets();
            Assert.NotEmpty(Assert.IsType<AriMessage.Disconnected>(await stream.NextAsync()).Reason);
            Assert.Equal(new AriMessage.Connected(AfterGap: true), await stream.NextAsync());
            asterisk.Arrive("+12025550101");
            Assert.IsType<StasisStart>(await stream.NextEventAsync());
        }
    }

    [Fact]
    public async Task Socket_IsReadSlowly_SaysAllTheSameWhetherItIsOpen()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        var socket = new AriEventSocket(ari);
        Assert.False(socket.IsOpen);
        await using var stream = new MessageStream(socket);
        await stream.NextAsync();
        Assert.True(socket.IsOpen);

        // What is told of it from here on, nobody reads.
        asterisk.Requests.Fail(request => request.Is("GET", "/events"), 503, "full");
        asterisk.DropSockets();
        await asterisk.DisconnectedAsync();
        await asterisk.ConnectedAsync(sockets: 2);
        Assert.True(await UntilAsync(() => socket.IsOpen));
        asterisk.Requests.Fail(request => request.Is("GET", "/events"), 503, "full", times: int.MaxValue);
        asterisk.DropSockets();
        Assert.True(await UntilAsync(() => !socket.IsOpen));
    }

    private static async Task<bool> UntilAsync(Func<bool> isSo)
    {
        for (var i = 0; i < 500 && !isSo(); i++)
            await Task.Delay(10);
        return isSo();
    }

    [Fact]
    public async Task Socket_AsteriskIsNotThereYet_SaysSoOnceAndConnectsWhenItIs()
    {
        var first = await FakeAsterisk.StartAsync();
        var port = first.Url.Port;
        using var ari = TestClient.Of(first);
        await first.DisposeAsync();
        await using var stream = new MessageStream(new AriEventSocket(ari));
        Assert.Contains("could not be reached", Assert.IsType<AriMessage.Disconnected>(await stream.NextAsync()).Reason);

        await using var second = await FakeAsterisk.StartAsync(port: port);
        Assert.Equal(new AriMessage.Connected(AfterGap: false), await stream.NextAsync());
    }

    [Fact]
    public async Task Socket_Refused_SaysStatusAndTriesAgain()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        asterisk.Requests.Fail(request => request.Is("GET", "/events"), 503, "full", times: 2);
        await using var stream = new MessageStream(new AriEventSocket(ari));
        Assert.Contains("503", Assert.IsType<AriMessage.Disconnected>(await stream.NextAsync()).Reason);
        Assert.Equal(new AriMessage.Connected(AfterGap: false), await stream.NextAsync());
    }

    [Fact]
    public async Task Socket_LivedLongAfterManyFailures_ComesBackAtOnce()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        var time = new WatchedTime();
        asterisk.Requests.Fail(request => request.Is("GET", "/events"), 503, "full", times: 5);
        await using var stream = new MessageStream(new AriEventSocket(ari, time));
        Assert.IsType<AriMessage.Disconnected>(await stream.NextAsync());
        var connected = stream.NextAsync();
        await AdvanceAsync(time, TimeSpan.FromSeconds(1), steps: 2_000, until: connected);
        Assert.Equal(new AriMessage.Connected(AfterGap: false), await connected);
        Assert.Equal(6, asterisk.Requests.All.Count);

        time.Advance(TimeSpan.FromMinutes(1));
        asterisk.DropSockets();
        Assert.IsType<AriMessage.Disconnected>(await stream.NextAsync());
        connected = stream.NextAsync();

        await AdvanceAsync(time, TimeSpan.FromMilliseconds(50), steps: 2_000, until: connected);
        Assert.Equal(new AriMessage.Connected(AfterGap: true), await connected);
        // Without the reset it would wait for longer.
        Assert.InRange(time.LastWait, TimeSpan.Zero, TimeSpan.FromSeconds(3.5));
    }

    [Fact]
    public async Task Socket_PeerIsHalfOpen_IsNoticed()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk, options => (options.KeepAliveInterval, options.KeepAliveTimeout) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(300)));
        await using var stream = new MessageStream(new AriEventSocket(ari));
        await stream.NextAsync();
        var next = stream.NextAsync();

        // Quiet, but alive: pings are answered, and nothing happens.
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        Assert.False(next.IsCompleted);

        asterisk.Stall();
        Assert.IsType<AriMessage.Disconnected>(await next);
    }

    [Fact]
    public async Task Socket_AnotherTakesTheApp_TakesItBackAfterTheLongestWait()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk, options => options.ReconnectMost = TimeSpan.FromMilliseconds(700));
        await using var stream = new MessageStream(new AriEventSocket(ari));
        await stream.NextAsync();
        var clock = Stopwatch.StartNew();

        using var other = await ari.Events.EventWebsocketAsync(["aridialer"]);

        Assert.IsType<ApplicationReplaced>(await stream.NextEventAsync());
        Assert.Contains("took the application over", Assert.IsType<AriMessage.Disconnected>(await stream.NextAsync()).Reason);
        Assert.Equal(new AriMessage.Connected(AfterGap: true), await stream.NextAsync());
        Assert.True(clock.Elapsed > TimeSpan.FromMilliseconds(600));
        asterisk.Arrive("+12025550101");
        Assert.IsType<StasisStart>(await stream.NextEventAsync());
    }

    [Fact]
    public async Task Socket_AsteriskCloses_SaysSoAndComesBack()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        await using var stream = new MessageStream(new AriEventSocket(ari));
        await stream.NextAsync();
        asterisk.CloseSockets();
        Assert.Equal(new AriMessage.Disconnected("Asterisk closed the socket"), await stream.NextAsync());
        Assert.Equal(new AriMessage.Connected(AfterGap: true), await stream.NextAsync());
    }

    [Fact]
    public async Task Socket_ReaderDropsAConnection_IsLostAndComesBack_AndOnlyThatOne()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        var socket = new AriEventSocket(ari);
        await using var stream = new MessageStream(socket);
        var first = Assert.IsType<AriMessage.Connected>(await stream.NextAsync());
        socket.Drop(first, "no use");
        Assert.Equal(new AriMessage.Disconnected("no use"), await stream.NextAsync());
        Assert.Equal(new AriMessage.Connected(AfterGap: true), await stream.NextAsync());

        socket.Drop(first, "too late");
        asterisk.Arrive("+12025550101");
        Assert.IsType<StasisStart>(await stream.NextEventAsync());
        Assert.Equal(2, asterisk.SocketsOpened);
    }

    [Fact]
    public async Task Socket_EventsOfAnySize_ArriveWholeAndInOrder()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        asterisk.FragmentSize = 10_000;
        using var ari = TestClient.Of(asterisk);
        await using var stream = new MessageStream(new AriEventSocket(ari));
        await stream.NextAsync();

        int[] sizes = [1, 65_000, 70_000, 2, 1_500_000, 3, 0];
        foreach (var size in sizes)
            asterisk.Push(Userevent(new string('x', size)));
        foreach (var size in sizes)
            Assert.Equal(size, Assert.IsType<ChannelUserevent>(await stream.NextEventAsync()).Eventname.Length);
    }

    [Fact]
    public async Task Socket_EventPastTheLimit_IsReportedAndTheRestGoesOn()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        asterisk.FragmentSize = 50_000;
        using var ari = TestClient.Of(asterisk, options => options.MaxEventBytes = 100_000);
        await using var stream = new MessageStream(new AriEventSocket(ari));
        await stream.NextAsync();

        asterisk.Push(Userevent(new string('x', 1_000_000)));
        asterisk.Push(Userevent("small"));

        var large = Assert.IsType<UnknownEvent>(await stream.NextEventAsync());
        Assert.Contains("larger than 100000 bytes", large.Error);
        Assert.StartsWith("{\"type\"", large.Raw);
        Assert.Equal("small", Assert.IsType<ChannelUserevent>(await stream.NextEventAsync()).Eventname);
        Assert.Equal(1, asterisk.SocketsOpened);
    }

    [Fact]
    public async Task Socket_Garbage_IsHandedOnAndTheRestGoesOn()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        await using var stream = new MessageStream(new AriEventSocket(ari));
        await stream.NextAsync();

        string[] garbage = ["", "{", "null", """{"type":"Nonsense"}""", """{"type":"StasisEnd"}"""];
        foreach (var text in garbage)
            asterisk.Push(text);
        asterisk.Push(Userevent("fine"));

        foreach (var text in garbage)
            Assert.Equal(text, Assert.IsType<UnknownEvent>(await stream.NextEventAsync()).Raw);
        Assert.IsType<ChannelUserevent>(await stream.NextEventAsync());
    }

    [Fact]
    public async Task Socket_ReaderIsSlow_LosesNothingAndIsNotThrownOff()
    {
        const int Count = 20_000;
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        await using var stream = new MessageStream(new AriEventSocket(ari));
        await stream.NextAsync();

        for (var number = 0; number < Count; number++)
            asterisk.Push(Userevent(number.ToString()));
        await Task.Delay(500);
        for (var number = 0; number < Count; number++)
            Assert.Equal(number.ToString(), Assert.IsType<ChannelUserevent>(await stream.NextEventAsync()).Eventname);
        Assert.Equal(1, asterisk.SocketsOpened);
    }

    [Fact]
    public async Task Socket_Opened_NeverSubscribesToAllNorShowsThePassword()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        await using var stream = new MessageStream(new AriEventSocket(ari));
        await stream.NextAsync();
        var opening = Assert.Single(asterisk.Requests.All);
        Assert.Equal(new Dictionary<string, string> { ["app"] = "aridialer" }, opening.Query);
    }

    [Fact]
    public async Task Stream_Cancelled_EndsAndClosesTheSocket()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var message in new AriEventSocket(ari).ReadAllAsync(stop.Token))
                await stop.CancelAsync();
        });
        await asterisk.DisconnectedAsync();
    }

    [Fact]
    public async Task Stream_NoLongerRead_ClosesTheSocket()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        await foreach (var message in new AriEventSocket(ari).ReadAllAsync())
            break;
        await asterisk.DisconnectedAsync();
    }

    // The clock stands still between the steps, while the socket does what a step has set off.
    private static async Task AdvanceAsync(FakeTimeProvider time, TimeSpan step, int steps, Task until)
    {
        for (; steps > 0 && !until.IsCompleted; steps--)
        {
            time.Advance(step);
            await Task.WhenAny(until, Task.Delay(30));
        }
    }

    /// <summary>A clock that tells for how long it was last asked to wait.</summary>
    private sealed class WatchedTime : FakeTimeProvider
    {
        public TimeSpan LastWait { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            LastWait = dueTime;
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    private static ReadOnlyMemory<byte> Userevent(string name) => Encoding.UTF8.GetBytes(
        new JsonObject { ["type"] = "ChannelUserevent", ["eventname"] = name, ["userevent"] = new JsonObject() }.ToJsonString());
}
