using System.Net;
using AriDialer.Calls;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Live;
using AriDialer.Web.Features.Presence;
using AriDialer.Web.Features.Security;
using AriDialer.Web.Tests.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Web.Tests.Security;

/// <summary>What one signed-in person's pages may ask for, all together.</summary>
public sealed class PageLimitsTests : IAsyncLifetime
{
    private const string TooFast = "That was too much at once. Wait a moment.";

    private readonly FakeTimeProvider _time = new();
    private TestApp _app = null!;
    private string _alice = null!;
    private Browser _page = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(
            new() { ["Pages:ConnectionsPerPerson"] = "3" }, services: services => services.AddSingleton(new PersonPaces(_time)));
        _alice = await _app.AddPersonAsync("Alice");
        await _app.AddPersonAsync("Bob");
        _page = await _app.SignInAsync("Alice");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Pace_UsedUpByOnePage_HoldsForEveryPageOfThePersonAndNobodyElse()
    {
        await using var calls = await ConnectAsync(_page);
        await using var people = await ConnectAsync(_page, "/hubs/people");
        var resolved = await Task.WhenAll(Enumerable.Range(0, 250).Select(_ => RefusalAsync(() => calls.InvokeAsync<NumberPreview>("Resolve", "Bob"))));
        Assert.Equal(200, resolved.Count(refusal => refusal is null));

        Assert.Contains(TooFast, await RefusalAsync(() => people.InvokeAsync("SetPresence", ChosenPresence.Away)), StringComparison.Ordinal);
        Assert.Contains(TooFast, await RefusalAsync(() => people.InvokeAsync("SetFavourite", _alice, true)), StringComparison.Ordinal);
        Assert.Contains(TooFast, await RefusalAsync(() => FirstAsync<PeopleMessage>(people, "Watch")), StringComparison.Ordinal);
        Assert.Contains(TooFast, await RefusalAsync(() => FirstAsync<LiveMessage>(calls, "Watch", "mine")), StringComparison.Ordinal);
        Assert.Contains(TooFast, await RefusalAsync(() => FirstAsync<AsteriskView>(calls, "WatchAsterisk")), StringComparison.Ordinal);
        Assert.Contains(TooFast, await RefusalAsync(() => FirstAsync<RefusedView>(calls, "WatchRefused")), StringComparison.Ordinal);
        Assert.Contains(TooFast, await RefusalAsync(() => FirstAsync<LiveWords>(calls, "ReadAlong", "c")), StringComparison.Ordinal);
        Assert.Contains(TooFast, await RefusalAsync(() => calls.InvokeAsync("CallMe")), StringComparison.Ordinal);
        Assert.Equal(new ControlView(ControlResult.Refused, TooFast), await calls.InvokeAsync<ControlView>("Hold", "c"));
        Assert.Equal(ControlResult.NoSuchCall, (await calls.InvokeAsync<ControlView>("HangUp", "c")).Result);
        Assert.False((await _app.WithDatabaseAsync(database => database.Users.SingleAsync(user => user.Id == _alice))).Away);

        await using var bob = await ConnectAsync(await _app.SignInAsync("Bob"));
        Assert.Null(await RefusalAsync(() => bob.InvokeAsync<NumberPreview>("Resolve", "Alice")));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await RefusalAsync(() => calls.InvokeAsync<NumberPreview>("Resolve", "Bob")));
        Assert.Null(await RefusalAsync(() => FirstAsync<PeopleMessage>(people, "Watch")));
    }

    [Fact]
    public void Pace_TwentyFiveTabsComeBackAtOnceAndOneTypes_NothingIsRefused()
    {
        var pace = new PersonPace(_time);

        Assert.All(Enumerable.Range(0, 25 * 5), _ => Assert.NotNull(pace.TryFollow()));
        for (var key = 0; key < 300; key++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(60));
            Assert.True(pace.TryTake());
        }
    }

    [Fact]
    public void Streams_NeverEnded_AreNotMoreThanSoMany()
    {
        var pace = new PersonPace(_time);
        var followed = new List<IDisposable>();
        while (pace.TryFollow() is { } stream)
        {
            followed.Add(stream);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(500, followed.Count);
        followed[0].Dispose();
        Assert.NotNull(pace.TryFollow());
        Assert.Null(pace.TryFollow());
    }

    [Fact]
    public async Task Connections_MoreThanOnePersonMayHave_AreRefusedWithASentence()
    {
        await using var first = await ConnectAsync(_page);
        await using var second = await ConnectAsync(_page, "/hubs/people");
        var third = await ConnectAsync(_page, "/hubs/voicemail");
        await Some.Eventually(() => Task.FromResult(!_app.Get<OpenConnections>().MayOpenPage(_alice)), "all three are noted");

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => ConnectAsync(_page));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        var answer = await _page.PostScriptAsync("/hubs/calls/negotiate?negotiateVersion=1");
        Assert.Contains("You have too many pages open. Close some of them.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await using var bob = await ConnectAsync(await _app.SignInAsync("Bob"));

        await third.DisposeAsync();
        await Some.Eventually(() => Task.FromResult(_app.Get<OpenConnections>().MayOpenPage(_alice)), "the third is known to be gone");
        await using var again = await ConnectAsync(_page);
    }

    [Fact]
    public async Task Connections_ManyAtOnce_AreNotMoreInTheEnd()
    {
        var hubs = Enumerable.Range(0, 12).Select(_ => _app.NewHub(_page)).ToList();
        await Task.WhenAll(hubs.Select(async hub => await RefusalAsync(() => hub.StartAsync())));

        await Some.Eventually(() => Task.FromResult(hubs.Count(hub => hub.State == HubConnectionState.Connected) <= 3), "at most three stay");
        foreach (var hub in hubs)
        {
            await hub.DisposeAsync();
        }
    }

    private async Task<HubConnection> ConnectAsync(Browser browser, string path = "/hubs/calls")
    {
        var hub = _app.NewHub(browser, path);
        await hub.StartAsync();
        return hub;
    }

    private static async Task<string?> RefusalAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            return null;
        }
        catch (Exception e) when (e is HubException or HttpRequestException)
        {
            return e.Message;
        }
    }

    private static async Task FirstAsync<T>(HubConnection hub, string method, params object[] arguments)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await foreach (var _ in hub.StreamAsyncCore<T>(method, arguments, late.Token))
        {
            return;
        }
    }
}
