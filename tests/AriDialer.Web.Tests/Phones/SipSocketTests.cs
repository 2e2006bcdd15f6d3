using System.Net;
using System.Net.WebSockets;
using System.Text;
using AriDialer.Calls;
using AriDialer.Web.Features.Security;
using AriDialer.Web.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AriDialer.Web.Tests.Phones;

public sealed class SipSocketTests : IAsyncLifetime
{
    private readonly WebApplication _asterisk = BuildAsterisk();
    private readonly List<IHeaderDictionary> _seen = [];
    private TestApp _app = null!;
    private string _alice = null!;
    private bool _asteriskIsDead;

    public async ValueTask InitializeAsync()
    {
        _asterisk.UseWebSockets();
        _asterisk.Run(EchoAsync);
        await _asterisk.StartAsync();
        _app = await TestApp.StartAsync(new()
        {
            ["Asterisk:Url"] = _asterisk.Urls.Single(),
            ["Phone:SocketsPerPerson"] = "2",
            ["Phone:PingEvery"] = "00:00:01",
            ["Phone:PongWithin"] = "00:00:01",
        }, onRealPort: true);
        _alice = await _app.AddPersonAsync("Alice");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _asterisk.DisposeAsync();
    }

    [Fact]
    public async Task Connect_SignedInWithAPhone_PassesOnWhatIsSaidButNotTheSignIn()
    {
        var alice = await WithPhoneAsync();
        using var socket = await ConnectAsync(alice);

        await socket.SendAsync("OPTIONS sip:example.com SIP/2.0"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);

        Assert.Equal("sip", socket.SubProtocol);
        Assert.Equal("OPTIONS sip:example.com SIP/2.0", await ReadAsync(socket));
        var headers = Assert.Single(_seen);
        Assert.False(headers.ContainsKey("Cookie"));
        Assert.False(headers.ContainsKey("Origin"));
    }

    [Fact]
    public async Task Connect_NotSignedIn_IsRefused() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(_app.NewBrowser(), Origin));

    [Fact]
    public async Task Connect_WithoutAPhone_IsRefused() =>
        Assert.Equal(HttpStatusCode.Forbidden, await RefusedAsync(await _app.SignInAsync("Alice"), Origin));

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("")]
    public async Task Connect_FromAnotherSite_IsRefused(string origin)
    {
        var alice = await WithPhoneAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await RefusedAsync(alice, origin));
        Assert.Empty(_seen);
    }

    [Fact]
    public async Task Connect_MoreThanAllowed_IsRefused()
    {
        var alice = await WithPhoneAsync();
        using var first = await ConnectAsync(alice);
        using var second = await ConnectAsync(alice);

        Assert.Equal(HttpStatusCode.TooManyRequests, await RefusedAsync(alice, Origin));
    }

    [Fact]
    public async Task SignOut_CutsTheSocket()
    {
        var alice = await WithPhoneAsync();
        using var socket = await ConnectAsync(alice);

        await alice.PostAsync("/sign-out");

        await Assert.ThrowsAsync<WebSocketException>(() => ReadAsync(socket));
    }

    [Fact]
    public async Task Ping_OfThePage_IsAnsweredAndGoesNoFurther()
    {
        var alice = await WithPhoneAsync();
        using var socket = await ConnectAsync(alice);

        await socket.SendAsync("\r\n\r\n"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal("\r\n", await ReadAsync(socket));
        // An echo of it would come first.
        await socket.SendAsync("OPTIONS"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal("OPTIONS", await ReadAsync(socket));
    }

    [Fact]
    public async Task Call_TooMuchUnderWay_IsAnsweredByUs_AndNoPartOfItGoesFurther()
    {
        var alice = await WithPhoneAsync();
        using var socket = await ConnectAsync(alice);
        var work = Enumerable.Range(0, 512).Select(_ => _app.Get<WorkUnderWay>().Begin()).ToList();

        // As large as a browser's is: it does not come in one piece.
        await SendAsync($"INVITE sip:+12025550102@host SIP/2.0\r\nVia: v\r\nFrom: f\r\nTo: t\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n\r\n{new string('x', 9000)}");
        Assert.StartsWith("SIP/2.0 503 Service Unavailable\r\nVia: v\r\n", await ReadAsync(socket), StringComparison.Ordinal);
        await SendAsync("ACK sip:+12025550102@host SIP/2.0\r\nVia: v\r\nFrom: f\r\nTo: t;tag=x\r\nCall-ID: c\r\nCSeq: 1 ACK\r\n\r\n");
        // An echo of either would come first.
        await SendAsync("OPTIONS");
        Assert.Equal("OPTIONS", await ReadAsync(socket));
        work.ForEach(piece => piece.Dispose());

        Task SendAsync(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
    }

    [Fact]
    public async Task Browser_DeadWithoutAWord_IsNoticed_AndOneThatLivesIsLeftAlone()
    {
        var alice = await WithPhoneAsync();
        using var living = await ConnectAsync(alice);
        var reading = ReadAsync(living);
        // Nobody reads from it: pings are not answered, as by a machine that is not there any more.
        using var dead = await ConnectAsync(alice);
        Assert.Equal(2, Phones);

        await Some.Eventually(() => Task.FromResult(Phones == 1), "the dead one is noticed");
        await Task.Delay(2500);
        Assert.Equal(1, Phones);
        Assert.False(reading.IsCompleted);
    }

    [Fact]
    public async Task Asterisk_DeadWithoutAWord_EndsTheBrowsersSocket()
    {
        _asteriskIsDead = true;
        using var socket = await ConnectAsync(await WithPhoneAsync());

        await Assert.ThrowsAsync<WebSocketException>(() => ReadAsync(socket));
    }

    private int Phones => _app.Get<OpenConnections>().PhonesOf(_alice);

    private string Origin => _app.Address.GetLeftPart(UriPartial.Authority);

    // Its Asterisk takes no ARI requests, so the phone itself waits to be pushed; the session is there all the same.
    private async Task<Browser> WithPhoneAsync()
    {
        var alice = await _app.SignInAsync("Alice");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await alice.PostScriptAsync("/phone/session")).StatusCode);
        return alice;
    }

    private async Task<ClientWebSocket> ConnectAsync(Browser browser)
    {
        var socket = New(browser, Origin);
        await socket.ConnectAsync(Address, CancellationToken.None);
        return socket;
    }

    private async Task<HttpStatusCode> RefusedAsync(Browser browser, string origin)
    {
        using var socket = New(browser, origin);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address, CancellationToken.None));
        return socket.HttpStatusCode;
    }

    private Uri Address => new UriBuilder(new Uri(_app.Address, "/phone/ws")) { Scheme = "ws" }.Uri;

    private static ClientWebSocket New(Browser browser, string origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("sip");
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Cookie", browser.CookieHeader);
        if (origin.Length > 0)
            socket.Options.SetRequestHeader("Origin", origin);
        return socket;
    }

    private static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var buffer = new byte[1024];
        var result = await socket.ReceiveAsync(buffer, late.Token);
        return Encoding.UTF8.GetString(buffer, 0, result.Count);
    }

    private async Task EchoAsync(HttpContext context)
    {
        if (context.Request.Path != "/ws")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        _seen.Add(context.Request.Headers);
        using var socket = await context.WebSockets.AcceptWebSocketAsync("sip");
        if (_asteriskIsDead)
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

        var buffer = new byte[1024];
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: WebSocketMessageType.Text } result)
        {
            await socket.SendAsync(buffer.AsMemory(0, result.Count), WebSocketMessageType.Text, true, context.RequestAborted);
        }
    }

    private static WebApplication BuildAsterisk()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }
}
