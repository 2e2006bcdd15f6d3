using System.Diagnostics;
using System.Text.RegularExpressions;
using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using AriDialer.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

public sealed class RestartTests(TestHouse house) : CallTest(house)
{
    private const int Times = 10;
    private const string Written = "+44 20 7946 0123";

    [Fact]
    public async Task App_KilledInMidCallTenTimes_AdoptsTheCallEachTime()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound, plan: new SippPlan { Limit = TimeSpan.FromMinutes(3) });
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        var callId = Assert.Single(await Supervisor.ReadAsync(), row => row.Result == HistoryRow.InProgress).CallId;

        for (var time = 1; time <= Times; time++)
        {
            await House.App.KillAsync();
            Assert.Equal(2, (await House.Ari.ChannelsAsync()).Count);
            Assert.True(outside.IsRunning);
            await House.App.StartAsync();
            await Supervisor.SeesAsync(Person.Alice.Name, Written, "Outbound", "Connected");
            var row = Assert.Single(await Supervisor.ReadAsync(), row => row.Result == HistoryRow.InProgress);
            Assert.Equal(callId, row.CallId);
        }

        await Ear.HearsAsync(() => sound.HearAsync(TimeSpan.FromSeconds(4)), Speech.Congratulations, other: Speech.Instructions);
        // Neither of the page's lines need be back yet; the button works all the same.
        await alice.HangUpAsync();
        await alice.EndedAsync("The call (is over|has ended)");
        await outside.SucceedsAsync();
        var ended = await Supervisor.OnlyNewCallAsync();
        Assert.Equal(callId, ended.CallId);
        ended.ShouldBe(Person.Alice.Name, Written, "Outbound", "Completed", "cause 16");
    }

    [Fact]
    public async Task App_StartsAgain_CallsFromTheNetworkStillSayWhoCalls()
    {
        // Twice: an endpoint that is changed loses its caller id the first time, and has it again the second.
        for (var time = 1; time <= 2; time++)
        {
            await House.App.KillAsync();
            await House.App.StartAsync();
            await using var caller = House.Outside.CallsAndIsRefused("+12025550188", 484);
            await caller.SucceedsAsync();
            (await Supervisor.OnlyNewCallAsync()).ShouldBe(Outside.CustomerName, "", "Inbound", "No such number", "by the system");
            await Supervisor.TakeNoteAsync();
        }
    }

    [Fact]
    public async Task App_KilledWhileItRings_GoesOnWithTheCall()
    {
        await using var outside = House.Outside.IsCalledAndAnswers(ringFor: 6000);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.StateAsync("Ringing");

        await House.App.KillAsync();
        await House.App.StartAsync();

        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Outbound", "Connected");
        await Supervisor.HangUpAsync(Person.Alice.Name, Written);
        await outside.SucceedsAsync();
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Person.Alice.Name, Written, "Outbound", "Completed", "by a supervisor");
    }

    [Fact]
    [Trait(LongTests.Trait, LongTests.Long)]
    public async Task App_KilledWhileABrowserRings_ItIsRungAgainOnceItIsBack()
    {
        using var line = new FaultLine("App killed", "a real Asterisk: a browser is rung");
        await using var bob = await House.PhoneAsync(Person.Bob);
        await using var customer = House.Outside.CallsAndHangsUp(Person.Bob.Number!, talkFor: 500);
        await Expect(bob.IncomingCall).ToBeVisibleAsync(new() { Timeout = BrowserPhone.Patience });
        var rung = await RungAsync();

        await House.App.KillAsync();
        await House.App.StartAsync();
        await Eventually.TrueAsync(async () => (await RungAsync()).Except(rung).Any(), () => $"It is not rung again: {string.Join(", ", rung)}.");
        await bob.AcceptAsync(Outside.CustomerName);
        await customer.SucceedsAsync();
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Outside.CustomerName, Person.Bob.Name, "Inbound", "Completed", "cause 16");
        line.Survived("the page that was connected again was rung again, and could answer");
    }

    private async Task<List<string>> RungAsync() =>
        [.. (await House.Ari.ChannelsAsync()).Where(channel => channel.Contains(".leg", StringComparison.Ordinal) && channel.EndsWith("Ringing", StringComparison.Ordinal))];

    [Fact]
    public async Task App_KilledWhileOneHoldsAndOneAsks_EverybodyStaysWhereTheyWereAndCanBeControlled()
    {
        using var line = new FaultLine("App killed", "a real Asterisk: one call is held, one asks somebody first");
        await using var outside = House.Outside.IsCalledAndAnswers(plan: new SippPlan(Calls: 3, AtOnce: 3) { Limit = TimeSpan.FromMinutes(2) });
        await using var bob = await House.PhoneAsync(Person.Bob);
        await bob.DialAsync(Outside.Customer);
        await bob.ConnectedAsync();
        await bob.PressAsync("Hold");
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        await alice.TransferAsync("+442079460177", "Ask first");
        await Eventually.TrueAsync(async () => await PlacesAsync() is { Count: 3 } places && places.Sum(static place => place.Split(' ').Length - 1) == 4,
            () => "They do not come where they belong.");
        var before = await PlacesAsync();

        await House.App.KillAsync();
        var start = Stopwatch.GetTimestamp();
        await House.App.StartAsync();
        await Supervisor.SeesAsync(Person.Alice.Name, "Connected");
        await Supervisor.SeesAsync(Person.Bob.Name, "Held");
        var took = Stopwatch.GetElapsedTime(start);
        Assert.Equal(before, await PlacesAsync());

        await Supervisor.HangUpAsync(Person.Bob.Name);
        await Supervisor.HangUpAsync(Person.Alice.Name);
        await outside.SucceedsAsync();
        Assert.Equal(2, (await Supervisor.NewCallsAsync(2)).Count);
        line.Survived("everybody where they were; on the live page again, with the start of the app, after", took);
    }

    // Each bridge, and who is in it.
    private async Task<IReadOnlyList<string>> PlacesAsync() =>
        [.. (await House.Ari.GetAsync("bridges")).EnumerateArray().Select(static bridge =>
            $"{bridge.GetProperty("id").GetString()} {string.Join(' ', bridge.GetProperty("channels").EnumerateArray().Select(static channel => channel.GetString()).Order())}"
                .TrimEnd()).Order()];

    [Fact]
    public async Task Page_WhoseSignInIsOverWhenItConnectsAgain_GoesToSigningInAndSaysWhy()
    {
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.FollowAsync("History");
        await alice.Page.Context.ClearCookiesAsync();

        await House.App.KillAsync();
        await House.App.StartAsync();

        await Expect(alice.Page).ToHaveURLAsync(new Regex("/account/sign-in"), new() { Timeout = 2 * BrowserPhone.Patience });
        await Expect(alice.Page.GetByText("Your sign-in has run out")).ToBeVisibleAsync();
        await alice.Page.GetByLabel("Email").FillAsync(Person.Alice.Email);
        await alice.Page.GetByLabel("Password").FillAsync(TestHouse.Password);
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(alice.Page).ToHaveURLAsync(new Regex("/history$"));
    }

    [Fact]
    public async Task Agent_HangsUpWhileTheAppIsDead_EndsTheCallAfterTheNextStart()
    {
        await using var outside = House.Outside.IsCalledAndAnswers();
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Outbound", "Connected");

        await House.App.KillAsync();
        await Expect(alice.Status).ToContainTextAsync("Reconnecting");
        await alice.HangUpAsync();
        await alice.EndedAsync("The call has ended");
        await House.App.StartAsync();

        await outside.SucceedsAsync();
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Person.Alice.Name, Written, "Outbound", "Completed", "Ended by the agent, cause 16");
        await alice.EndedAsync("The call is over");
        await alice.ReadyAsync();
    }

    [Fact]
    public async Task Call_ThatEndedWhileTheAppWasDead_HasAnEndAfterTheNextStart()
    {
        await using var outside = House.Outside.IsCalledAndHangsUp(talkFor: 3000);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();

        await House.App.KillAsync();
        await outside.SucceedsAsync();
        await Eventually.TrueAsync(async () => (await House.Ari.ChannelsAsync()).All(channel => !channel.Contains("trunk", StringComparison.Ordinal)),
            () => "The trunk's channel is still there.");
        await House.App.StartAsync();

        var row = await Supervisor.OnlyNewCallAsync();
        Assert.Contains(row.Result, new[] { "Completed", "Lost" });
    }
}
