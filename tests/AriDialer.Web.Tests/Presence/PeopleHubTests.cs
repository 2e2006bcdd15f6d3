using AriDialer.Calls;
using AriDialer.Web.Features.Live;
using AriDialer.Web.Features.Presence;
using AriDialer.Web.Tests.Hosting;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.Presence;

public sealed class PeopleHubTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private string _alice = null!;
    private string _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _alice = await _app.AddPersonAsync("Alice", number: "+12025550101");
        _bob = await _app.AddPersonAsync("Bob");
        await _app.AddPersonAsync("Ada", "administrator");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Connect_NotSignedIn_IsRefused()
    {
        await using var hub = Hub(_app.NewBrowser());

        await Assert.ThrowsAsync<HttpRequestException>(() => hub.StartAsync());
    }

    [Fact]
    public async Task Watch_BeginsWithEverybody()
    {
        await using var hub = await ConnectAsync("Alice");
        await using var seen = new PeopleWatch(hub);

        await seen.UntilAsync(known => known.State(_alice) == PresenceState.Available && known.State(_bob) == PresenceState.Away);

        Assert.Equal(3, seen.Lamps.Count);
        Assert.Equal(("+12025550101", "+1 202-555-0101"), (seen.Lamps[_alice].Number, seen.Lamps[_alice].Display));
        Assert.Equal($"person-{Guid.Parse(_bob):N}", seen.Lamps[_bob].Dial);
        Assert.Equal(ChosenPresence.Available, seen.Mine?.Chosen);
    }

    [Fact]
    public async Task Call_TurnsTheLampsOfItsPeopleAndBack()
    {
        await using var hub = await ConnectAsync("Alice");
        await using var seen = new PeopleWatch(hub);
        await seen.UntilAsync(known => known.State(_alice) == PresenceState.Available);

        _app.Get<CallFeed>().Tell(Some.Call("c", 1, CallState.Ringing, callee: _alice));
        _app.Get<CallFeed>().Tell(Up("c", 2));
        await seen.UntilAsync(known => known.State(_alice) == PresenceState.OnCall);
        Assert.NotNull(seen.Lamps[_alice].Since);
        _app.Get<CallFeed>().Tell(Some.Call("c", 3, CallState.Ended, callee: _alice) with { Legs = [] });
        await seen.UntilAsync(known => known.State(_alice) == PresenceState.Available);

        Assert.All(seen.Changes, change => Assert.DoesNotContain(change.People, lamp => lamp.UserId == _bob));
    }

    [Fact]
    public async Task ManyEventsOfACall_ThatChangeNobody_AreNotTold()
    {
        await using var hub = await ConnectAsync("Alice");
        await using var seen = new PeopleWatch(hub);
        await seen.UntilAsync(known => known.State(_alice) == PresenceState.Available);
        var before = seen.Changes.Count;

        for (var version = 1; version <= 200; version++)
        {
            _app.Get<CallFeed>().Tell(Some.Call("c", version, CallState.Ringing, callee: _alice));
        }

        _app.Get<CallFeed>().Tell(Up("c", 201));
        await seen.UntilAsync(known => known.State(_alice) == PresenceState.OnCall);

        Assert.Equal(before + 1, seen.Changes.Count);
    }

    [Theory]
    [InlineData(ChosenPresence.DoNotDisturb, PresenceState.DoNotDisturb, true, false)]
    [InlineData(ChosenPresence.Away, PresenceState.Away, false, true)]
    internal async Task SetPresence_IsKeptAndShownToColleaguesAndInOtherTabs(
        ChosenPresence chosen, PresenceState state, bool doNotDisturb, bool away)
    {
        await using var tab = await ConnectAsync("Alice");
        await using var otherTab = await ConnectAsync("Alice");
        await using var bob = await ConnectAsync("Bob");
        await using var inOtherTab = new PeopleWatch(otherTab);
        await using var byBob = new PeopleWatch(bob);
        await byBob.UntilAsync(known => known.State(_alice) == PresenceState.Available);

        await tab.InvokeAsync("SetPresence", chosen);
        await byBob.UntilAsync(known => known.State(_alice) == state);
        await inOtherTab.UntilAsync(known => known.Mine?.Chosen == chosen);

        Assert.Equal(ChosenPresence.Available, byBob.Mine?.Chosen);
        var kept = await _app.WithDatabaseAsync(database => database.Users.SingleAsync(user => user.Id == _alice));
        Assert.Equal((doNotDisturb, away), (kept.DoNotDisturb, kept.Away));

        await otherTab.InvokeAsync("SetPresence", ChosenPresence.Available);
        await byBob.UntilAsync(known => known.State(_alice) == PresenceState.Available);
    }

    [Theory]
    [InlineData("on-call")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task SetPresence_ToWhatCannotBeChosen_IsRefusedAndChangesNothing(string chosen)
    {
        await using var hub = await ConnectAsync("Alice");

        await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync("SetPresence", chosen));
    }

    [Fact]
    public async Task Favourite_IsKeptForThisPersonOnly()
    {
        await using var tab = await ConnectAsync("Alice");
        await using var otherTab = await ConnectAsync("Alice");
        await using var inOtherTab = new PeopleWatch(otherTab);
        await inOtherTab.UntilAsync(known => known.Mine is not null);

        await tab.InvokeAsync("SetFavourite", _bob, true);
        await tab.InvokeAsync("SetFavourite", _bob, true);
        await inOtherTab.UntilAsync(known => known.Mine!.Favourites.SequenceEqual([_bob]));
        await using var bob = await ConnectAsync("Bob");
        await using var byBob = new PeopleWatch(bob);
        await byBob.UntilAsync(known => known.Mine is not null);

        Assert.Empty(byBob.Mine!.Favourites);
        Assert.Equal(1, await _app.WithDatabaseAsync(database => database.Favourites.CountAsync()));
        await tab.InvokeAsync("SetFavourite", _bob, false);
        await inOtherTab.UntilAsync(known => known.Mine!.Favourites.Count == 0);
        Assert.Equal(0, await _app.WithDatabaseAsync(database => database.Favourites.CountAsync()));
    }

    [Fact]
    public async Task Favourite_OfNobodyOrOneself_IsRefused()
    {
        await using var hub = await ConnectAsync("Alice");

        foreach (var nobody in new[] { "nobody", _alice, null })
        {
            await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync("SetFavourite", nobody, true));
        }
    }

    [Fact]
    public async Task People_WhoComeGoOrAreRenamed_AreShownAtOnce()
    {
        await using var hub = await ConnectAsync("Alice");
        await using var seen = new PeopleWatch(hub);
        await seen.UntilAsync(known => known.Lamps.Count == 3);
        var ada = await _app.SignInAsync("Ada");

        var carol = await _app.AddPersonAsync("Carol");
        await seen.UntilAsync(known => known.Lamps.ContainsKey(carol));
        await ada.PostAsync($"/people/{carol}", ("Input.Name", "Caroline"), ("Input.Roles", "agent"));
        await seen.UntilAsync(known => known.Lamps[carol].Name == "Caroline");
        await ada.PostAsync($"/people/{carol}/disable");
        await seen.UntilAsync(known => !known.Lamps.ContainsKey(carol));
    }

    [Fact]
    public async Task SignOut_EndsTheHub()
    {
        var browser = await _app.SignInAsync("Bob");
        await using var hub = Hub(browser);
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync();

        await browser.PostAsync("/sign-out");

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private CallSnapshot Up(string id, long version) => Some.Call(id, version, CallState.Connected, callee: _alice) with
    {
        Legs = [new LegSnapshot("1", "trunk", null, null, LegState.Up), new LegSnapshot("2", "web-a", null, _alice, LegState.Up)],
    };

    private async Task<HubConnection> ConnectAsync(string name)
    {
        var hub = Hub(await _app.SignInAsync(name));
        await hub.StartAsync();
        return hub;
    }

    private HubConnection Hub(Browser browser) => new HubConnectionBuilder()
        .WithUrl(new Uri(browser.Client.BaseAddress!, "/hubs/people"), options =>
        {
            options.HttpMessageHandlerFactory = _ => _app.NewHandler();
            options.Transports = HttpTransportType.LongPolling;
            if (browser.CookieHeader is { Length: > 0 } cookies)
                options.Headers["Cookie"] = cookies;
        })
        .AddJsonProtocol(json => LiveFeature.Json(json.PayloadSerializerOptions))
        .Build();
}
