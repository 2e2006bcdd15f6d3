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

/// <summary>What the product stands on breaks: calls go on, and what people read of them afterwards is true.</summary>
public sealed class FaultTests(TestHouse house) : CallTest(house)
{
    private const string Url = "Asterisk__Url";
    private const string Written = "+44 20 7946 0123";

    [Fact]
    public async Task App_ToldToEndUnderLoad_EndsSoon_HarmsNoCall_AndTheNextStartTakesThemAll()
    {
        using var line = new FaultLine("App ended (SIGTERM)", "under load, calls ring and talk, and more arrive meanwhile");
        const int calls = 12;
        var plan = new SippPlan(Calls: calls, AtOnce: calls, PerSecond: 6) { Limit = TimeSpan.FromMinutes(2) };
        var desk = await DeskPhone.OfAsync(House, Person.Alice);
        await using var bob = await House.PhoneAsync(Person.Bob);
        await bob.ForwardUnansweredAsync("+442079460177");
        await bob.Page.GotoAsync("about:blank");
        try
        {
            // All twelve are under way: some talk, some ring. One more is made while nobody is there.
            await using var outside = House.Outside.IsCalledAndAnswers(ringFor: 2500, plan: plan with { Calls = calls + 1, AtOnce = calls + 1 });
            await using var calling = House.Outside.CallsAndHangsUp(Person.Bob.Number!, talkFor: 20_000, plan);
            await Eventually.TrueAsync(() => Task.FromResult(outside.Messages.Split("SIP/2.0 180").Length > calls), () => $"The calls do not ring:\n{calling.Story}");
            var took = await House.App.TerminateAsync();
            await using (var without = desk.Calls(Outside.Customer))
                await without.SucceedsAsync();
            await House.App.StartAsync();

            Assert.Equal(calls, (await calling.SucceedsAsync()).Successful);
            Assert.Equal(calls + 1, (await outside.SucceedsAsync()).Successful);
            var rows = await Supervisor.NewCallsAsync(calls);
            Assert.Equal(calls, rows.Count);
            Assert.All(rows, row => Assert.Equal(("Completed", true), (row.Result, row.Why.Contains("Ended by the customer, cause 16", StringComparison.Ordinal))));
            Assert.True(took < TimeSpan.FromSeconds(6), $"It took {took}.");
            line.Survived($"{calls} of {calls} calls unharmed and in the history, one more by the dialplan; ended in", took);
        }
        finally
        {
            await House.OpenAsync();
            await using var again = await House.PhoneAsync(Person.Bob);
            await again.ForwardUnansweredAsync(to: null);
        }
    }

    [Fact]
    [Trait(LongTests.Trait, LongTests.Long)]
    public Task Link_CutForTenSeconds_IsHeardByNobody_AndTheCallIsStillOurs() => LoseAsync("cut", TimeSpan.FromSeconds(10));

    [Theory]
    [InlineData("cut")]
    [InlineData("half-open")]
    [Trait(LongTests.Trait, LongTests.Long)]
    public Task Link_LostForAMinute_IsHeardByNobody_AndTheCallIsStillOurs(string how) => LoseAsync(how, TimeSpan.FromMinutes(1));

    [Fact]
    public async Task Asterisk_Killed_PagesSaySoSoon_HistoryHasAnEnd_AndPhonesAndTrunkAreBack()
    {
        using var line = new FaultLine("Asterisk killed", "in mid-call");
        await using (var outside = House.Outside.IsCalledAndAnswers())
        await using (var alice = await House.PhoneAsync(Person.Alice))
        {
            await alice.DialAsync(Outside.Customer);
            await alice.ConnectedAsync();
            await Supervisor.SeesAsync(Person.Alice.Name, Written, "Outbound", "Connected");

            await House.Asterisk.KillAsync();
            var start = Stopwatch.GetTimestamp();
            await Task.WhenAll(
                Expect(alice.Status).ToContainTextAsync("Reconnecting", new() { Timeout = 5000 }),
                Expect(alice.Outage).ToContainTextAsync("The telephone system is not answering", new() { Timeout = 5000 }),
                Expect(Supervisor.Live.Outage).ToContainTextAsync("The telephone system is not answering", new() { Timeout = 5000 }));
            var said = Stopwatch.GetElapsedTime(start);
            await Expect(Supervisor.Live.LiveCalls.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Hang up") })).ToBeDisabledAsync();

            // Whatever took it over cannot have the next one write elsewhere.
            var console = Path.Combine(House.Asterisk.Directories, "log", "console");
            var elsewhere = Path.Combine(House.App.DataDirectory, "elsewhere");
            File.Delete(console);
            File.CreateSymbolicLink(console, elsewhere);
            await House.Asterisk.RestartAsync();
            Assert.Equal((false, null), (File.Exists(elsewhere), new FileInfo(console).LinkTarget));
            await Expect(Supervisor.Live.Outage).ToBeEmptyAsync(new() { Timeout = BrowserPhone.Patience });
            await Expect(alice.Outage).ToBeEmptyAsync();
            await alice.EndedAsync("The call (is over|has ended)");
            await alice.ReadyAsync();

            var row = await Supervisor.OnlyNewCallAsync();
            Assert.Contains("When exactly is not known", row.Why, StringComparison.Ordinal);
            await Supervisor.TakeNoteAsync();
            line.Survived("history has its end as estimated, phone and trunk are back; pages said so after", said);
        }

        // With credentials that Asterisk was given anew, over a trunk that it was given anew.
        await using var again = House.Outside.IsCalledAndAnswers();
        await using var phone = await House.PhoneAsync(Person.Alice);
        await phone.DialAsync(Outside.Customer);
        await phone.ConnectedAsync();
        await phone.HangUpAsync();
        await again.SucceedsAsync();
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Person.Alice.Name, Written, "Outbound", "Completed", "cause 16");
    }

    [Fact]
    public async Task Disk_Full_CallsGoOn_AndTheHistoryIsWrittenOnceThereIsRoom()
    {
        using var line = new FaultLine("Disk full", "under the database and its journal, calls come and end");
        await using var moved = await House.MoveToSmallDiskAsync(bytes: 48 * 1024 * 1024);
        await using var desk = await SupervisorDesk.OpenAsync(House);
        await desk.TakeNoteAsync();
        var plan = new SippPlan(Calls: 5, AtOnce: 5, PerSecond: 2);
        var phone = await DeskPhone.OfAsync(House, Person.Alice);
        await House.App.FillDiskAsync();
        await using (var outside = House.Outside.IsCalledAndAnswers(plan: plan))
        await using (var calls = phone.Calls(Outside.Customer, talkFor: 1000, plan))
        {
            Assert.Equal(5, (await calls.SucceedsAsync()).Successful);
            Assert.Equal(5, (await outside.SucceedsAsync()).Successful);
        }

        Assert.Contains("could not be written", House.App.Log, StringComparison.Ordinal);

        var start = Stopwatch.GetTimestamp();
        await House.App.EmptyDiskAsync();
        var rows = await desk.NewCallsAsync(5);
        Assert.All(rows, row => row.ShouldBe(Person.Alice.Name, Written, "Outbound", "Completed", "cause 16"));
        Assert.Equal(5, rows.Count);
        line.Survived("5 of 5 calls unharmed, their history was written once there was room, after", Stopwatch.GetElapsedTime(start));
    }

    [Fact]
    [Trait(LongTests.Trait, LongTests.Long)]
    public async Task Disk_FullInMidCall_PageThatIsReloaded_IsBackInItsCall()
    {
        using var line = new FaultLine("Disk full", "under the database, and a page is reloaded in mid-call");

        // So short that each page that asks for its phone would have it last longer.
        await using var moved = await House.MoveToSmallDiskAsync(bytes: 48 * 1024 * 1024, ("Phone__SessionLasts", "00:01:00"));
        await using var outside = House.Outside.IsCalledAndAnswers();
        await using var alice = await House.PhoneAsync(Person.Alice);
        alice.Page.Dialog += (_, question) => question.AcceptAsync();
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        await House.App.FillDiskAsync();
        await Task.Delay(TimeSpan.FromSeconds(7));

        var start = Stopwatch.GetTimestamp();
        await alice.Page.ReloadAsync();
        await alice.ConnectedAsync();
        var took = Stopwatch.GetElapsedTime(start);
        Assert.Contains("could not be extended", House.App.Log, StringComparison.Ordinal);
        await alice.HangUpAsync();
        await outside.SucceedsAsync();
        line.Survived("the page was in its call again after", took);
    }

    private async Task LoseAsync(string how, TimeSpan lasts)
    {
        using var line = new FaultLine("ARI connection", $"{how} for {lasts.TotalSeconds} s, of a real Asterisk and a browser that talks");
        await using var cable = new TcpProxy(House.Asterisk.HttpPort);
        var direct = House.App.Settings[Url];
        House.App.Settings[Url] = cable.Url.ToString();
        await House.App.KillAsync();
        await House.App.StartAsync();
        await Supervisor.Live.Page.ReloadAsync();
        try
        {
            await using var sound = new RtpPeer(Speech.Instructions);
            await using var outside = House.Outside.IsCalledAndAnswers(sound, plan: new SippPlan { Limit = TimeSpan.FromMinutes(3) });
            await using var alice = await House.PhoneAsync(Person.Alice);
            await alice.DialAsync(Outside.Customer);
            await alice.ConnectedAsync();
            await Supervisor.SeesAsync(Person.Alice.Name, Written, "Outbound", "Connected");

            var start = Stopwatch.GetTimestamp();
            if (how == "cut")
                cable.Cut();
            else
                cable.Swallow();
            await Eventually.TrueAsync(() => Task.FromResult(House.App.Log.Contains("Lost Asterisk", StringComparison.Ordinal)), () => "Nobody noticed.", TimeSpan.FromSeconds(10));
            var noticed = Stopwatch.GetElapsedTime(start);
            await Ear.HearsAsync(() => sound.HearAsync(TimeSpan.FromSeconds(4)), Speech.Congratulations, other: Speech.Instructions);
            if (Stopwatch.GetElapsedTime(start) < lasts)
                await Task.Delay(lasts - Stopwatch.GetElapsedTime(start));
            cable.Mend();

            await Ear.HearsAsync(() => sound.HearAsync(TimeSpan.FromSeconds(4)), Speech.Congratulations, other: Speech.Instructions);
            await Supervisor.SeesAsync(Person.Alice.Name, Written, "Outbound", "Connected");
            await Supervisor.HangUpAsync(Person.Alice.Name, Written);
            await outside.SucceedsAsync();
            (await Supervisor.OnlyNewCallAsync()).ShouldBe(Person.Alice.Name, Written, "Outbound", "Completed", "by a supervisor");
            line.Survived("heard throughout, and ended by the supervisor after; noticed after", noticed);
        }
        finally
        {
            House.App.Settings[Url] = direct;
            await House.App.KillAsync();
            await House.App.StartAsync();
        }
    }
}
