using AriDialer.Calls;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Live;
using AriDialer.Web.Tests.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace AriDialer.Web.Tests.Live;

public sealed class CallsHubTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private string _alice = null!;
    private string _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _alice = await _app.AddPersonAsync("Alice", number: "+12025550101");
        _bob = await _app.AddPersonAsync("Bob", number: "+12025550102");
        await _app.AddPersonAsync("Sam", "supervisor");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Connect_NotSignedIn_IsRefused()
    {
        await using var hub = _app.NewHub(_app.NewBrowser());

        await Assert.ThrowsAsync<HttpRequestException>(() => hub.StartAsync());
    }

    [Fact]
    public async Task Watch_Agent_GetsOwnCallsAndMayNotWatchAll()
    {
        await using var hub = await ConnectAsync("Alice");
        _app.Get<CallFeed>().Tell(Some.Call("theirs", callee: _bob));
        _app.Get<CallFeed>().Tell(Some.Call("hers", callee: _alice));

        var seen = await ReadUntilAsync(hub, "mine", call => call.Id == "hers");

        Assert.DoesNotContain(seen, call => call.Id == "theirs");
        Assert.Equal(MyRole.Callee, seen[^1].Mine?.Role);
        Assert.Equal("(202) 555-0101", seen[^1].To.Display);
        await Assert.ThrowsAsync<HubException>(() => ReadUntilAsync(hub, "all", _ => true));
        await Assert.ThrowsAsync<HubException>(() => ReadUntilAsync(hub, "everything", _ => true));
    }

    [Fact]
    public async Task Watch_Supervisor_GetsAllCallsAndTheirEnd()
    {
        await using var hub = await ConnectAsync("Sam");
        _app.Get<CallFeed>().Tell(Some.Call("theirs", 1, callee: _bob));
        _app.Get<CallFeed>().Tell(Some.Call("theirs", 2, CallState.Ended, callee: _bob));
        _app.Get<CallFeed>().Tell(Some.Call("next", 1, callee: _alice));

        var seen = await ReadUntilAsync(hub, "all", call => call.Id == "next");

        Assert.All(seen, call => Assert.Null(call.Mine));
    }

    [Theory]
    [InlineData("bo", PreviewKind.Person)]
    [InlineData("202 555 0102", PreviewKind.Number)]
    [InlineData("202 555 0101", PreviewKind.Invalid)]
    [InlineData("911", PreviewKind.Emergency)]
    [InlineData("  ", PreviewKind.Empty)]
    [InlineData("zzz & @", PreviewKind.Invalid)]
    public async Task Resolve_SaysWhatTheTextMeans(string text, object kind)
    {
        await using var hub = await ConnectAsync("Alice");

        var preview = await hub.InvokeAsync<NumberPreview>("Resolve", text);

        Assert.Equal(kind, preview.Kind);
        Assert.Equal(preview.Kind is PreviewKind.Invalid or PreviewKind.Emergency, preview.Sentence is not null);
    }

    [Fact]
    public async Task Resolve_Name_GivesWhatToDial()
    {
        await using var hub = await ConnectAsync("Alice");

        var preview = await hub.InvokeAsync<NumberPreview>("Resolve", "Bob");

        Assert.Equal($"person-{Guid.Parse(_bob):N}", preview.Dial);
        Assert.Equal(_bob, Assert.Single(preview.People).UserId);
    }

    [Fact]
    public async Task WatchAsterisk_AsteriskIsLostAndBack_TellsBothAndSinceWhen()
    {
        await using var hub = await ConnectAsync("Alice");
        await _app.Asterisk.ConnectedAsync();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        List<AsteriskView> seen = [];
        await foreach (var view in hub.StreamAsync<AsteriskView>("WatchAsterisk", late.Token))
        {
            seen.Add(view);
            if (view.Connected && seen.Any(one => !one.Connected))
                break;

            if (view.Connected)
                _app.Asterisk.DropSockets();
        }

        Assert.Equal(seen.Select(view => view.Since).Order(), seen.Select(view => view.Since));
        Assert.True(seen[^1].Since > seen[^2].Since);
    }

    [Fact]
    public async Task Pages_LoadedWhileAsteriskIsAway_SaySoAndSinceWhen()
    {
        var browser = await _app.SignInAsync("Alice");
        await _app.Asterisk.ConnectedAsync();
        await Some.Eventually(async () => (await browser.GetAsync("/history")).IsSuccessStatusCode && !browser.Text.Contains("not answering", StringComparison.Ordinal),
            "pages say nothing while it is there");

        await _app.Asterisk.DisposeAsync();

        foreach (var page in new[] { "/live", "/history", "/profile" })
        {
            await Some.Eventually(async () => (await browser.GetAsync(page)).IsSuccessStatusCode && browser.Text.Contains("The telephone system is not answering", StringComparison.Ordinal),
                $"{page} says that Asterisk is away");
            Assert.Matches("data-asterisk-away=\"20[^\"]+\"", browser.Html);
        }
    }

    [Fact]
    public async Task CallMe_NotADemonstration_IsRefused()
    {
        await using var hub = await ConnectAsync("Alice");

        await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync("CallMe"));
    }

    [Fact]
    public async Task SignOut_EndsTheHubWithASentence()
    {
        var browser = await _app.SignInAsync("Bob");
        await using var hub = _app.NewHub(browser);
        var said = new TaskCompletionSource<string>();
        var closed = new TaskCompletionSource();
        hub.On<string>("SessionEnded", sentence => said.TrySetResult(sentence));
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync();

        await browser.PostAsync("/sign-out");

        Assert.Equal("You are signed out.", await said.Task.WaitAsync(TimeSpan.FromSeconds(10)));
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private async Task<HubConnection> ConnectAsync(string name)
    {
        var hub = _app.NewHub(await _app.SignInAsync(name));
        await hub.StartAsync();
        return hub;
    }

    private static async Task<List<CallView>> ReadUntilAsync(HubConnection hub, string scope, Func<CallView, bool> last)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        List<CallView> seen = [];
        var sequence = -1L;
        await foreach (var message in hub.StreamAsync<LiveMessage>("Watch", scope, late.Token))
        {
            Assert.Equal(sequence < 0 ? LiveMessageKind.Snapshot : LiveMessageKind.Change, message.Kind);
            Assert.True(message.Seq > sequence);
            sequence = message.Seq;
            seen.AddRange(message.Calls);
            if (seen.Any(last))
                break;
        }

        return seen;
    }
}
