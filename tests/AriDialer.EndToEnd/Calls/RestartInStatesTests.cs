using System.Diagnostics;
using System.Text.Json;
using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using AriDialer.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>The app is killed in what calls can be in besides talking, and started again: several calls at once, so that one kill does.</summary>
public sealed class RestartInStatesTests(TestHouse house) : CallTest(house)
{
    private const string Lawyer = "+442079460177";

    [Fact]
    [Trait(LongTests.Trait, LongTests.Long)]
    public async Task App_KilledInAConferenceThatIsHeardLiveAndInAMessage_BothGoOn()
    {
        using var line = new FaultLine("App killed", "a real Asterisk: a conference, recorded and transcribed live; a caller who leaves a message");
        await using var bob = await House.PhoneAsync(Person.Bob);
        await VoicemailTests.TakeMessagesAsync(bob, take: true);
        try
        {
            await using var sound = new RtpPeer(Speech.Instructions);
            await using var caller = House.Outside.CallsAndHangsUp(Person.Bob.Number!, talkFor: 42_000, new SippPlan { Limit = TimeSpan.FromMinutes(2) }, sound);
            await using var outside = House.Outside.IsCalledAndAnswers(plan: new SippPlan(Calls: 2, AtOnce: 2) { Limit = TimeSpan.FromMinutes(2) });
            await using var alice = await House.PhoneAsync(Person.Alice);
            await alice.DialAsync(Outside.Customer);
            await alice.ConnectedAsync();
            await alice.AddAsync(Lawyer);
            await alice.TalksToAsync(2);
            await alice.PressAsync("Record");
            await Supervisor.SeesAsync(Person.Alice.Name, "Recorded");
            var reader = await Supervisor.ReadAlongAsync(Person.Alice.Name);
            var lines = reader.GetByRole(AriaRole.Log, new() { Name = "What is said" }).GetByRole(AriaRole.Listitem);
            await Expect(lines.First).ToBeVisibleAsync(new() { Timeout = 30_000 });
            await Supervisor.SeesAsync(Person.Bob.Name, Outside.CustomerName, "Voicemail");
            var before = await PlacesAsync();

            await House.App.KillAsync();
            var start = Stopwatch.GetTimestamp();
            var restarted = TimeProvider.System.GetUtcNow();
            await House.App.StartAsync();
            await Supervisor.SeesAsync(Person.Alice.Name, "Connected");
            await Supervisor.SeesAsync(Person.Bob.Name, "Voicemail");
            var took = Stopwatch.GetElapsedTime(start);
            Assert.Equal(before, await PlacesAsync());

            // What was heard before is made up for after the call; what is said from now on is read as before.
            await reader.WaitForFunctionAsync(
                "from => [...document.querySelectorAll('[data-read-lines] time')].some(time => Date.parse(time.dateTime) > from)",
                restarted.ToUnixTimeMilliseconds(), new() { Timeout = 30_000 });
            // Of the taps that the killed app had open, the snoop on the first of the outside legs may stay until that leg ends, though
            // Asterisk answers each DELETE of it with 204. It hears nothing and costs nothing but its channel.
            await Expect(alice.Outage).ToBeEmptyAsync(new() { Timeout = BrowserPhone.Patience });
            await alice.ReadyAsync();
            await alice.DoToAsync("Remove", "+44 20 7946 0177");
            await Expect(alice.People).ToBeHiddenAsync(new() { Timeout = BrowserPhone.Patience });
            await Supervisor.HangUpAsync(Person.Alice.Name);
            await reader.CloseAsync();
            Assert.Equal(2, (await outside.SucceedsAsync()).Successful);
            await caller.SucceedsAsync();

            var rows = await Supervisor.NewCallsAsync(2);
            Assert.Equal(["Completed", "Voicemail"], rows.Select(row => row.Result).Order());
            await MessageArrivesAsync(bob);
            (await VoicemailTests.MessageAsync(bob.Page)).ShouldBe(Speech.Instructions, other: Speech.Congratulations);
            line.Survived("everybody where they were, words and message went on; on the live page again, with the start of the app, after", took);
        }
        finally
        {
            await House.OpenAsync();
            await VoicemailTests.TakeMessagesAsync(bob, take: false);
        }
    }

    [Fact]
    public async Task App_KilledWhileOneHearsEarlyMediaAndOneIsTransferred_BothComeToTheirEnd()
    {
        using var line = new FaultLine("App killed", "a real Asterisk: one hears early media, one is being transferred");
        await using var outside = House.Outside.IsCalledAndSpeaksEarly(null, speakFor: 7000, new SippPlan(Calls: 2, AtOnce: 2) { Limit = TimeSpan.FromMinutes(2) });
        await using var bob = await House.PhoneAsync(Person.Bob);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await using var caller = House.Outside.CallsAndWaits(Person.Alice.Number!, plan: new SippPlan { Limit = TimeSpan.FromMinutes(2) });
        await alice.AcceptAsync(Outside.CustomerName);
        await alice.ConnectedAsync();
        await bob.DialAsync(Outside.Customer);
        await alice.TransferAsync(Lawyer, "Transfer now");
        await Eventually.TrueAsync(() => Task.FromResult(outside.Messages.Split("SIP/2.0 183").Length > 2), () => $"Not both hear early media:\n{outside.Story}");

        await House.App.KillAsync();
        var start = Stopwatch.GetTimestamp();
        await House.App.StartAsync();
        await Supervisor.SeesAsync(Person.Bob.Name);
        var took = Stopwatch.GetElapsedTime(start);
        await Supervisor.SeesAsync(Person.Bob.Name, "Connected");
        await Supervisor.SeesAsync(Outside.CustomerName, "+44 20 7946 0177", "Connected");

        await Supervisor.HangUpAsync(Person.Bob.Name);
        await Supervisor.HangUpAsync(Outside.CustomerName);
        Assert.Equal(2, (await outside.SucceedsAsync()).Successful);
        await caller.SucceedsAsync();
        Assert.All(await Supervisor.NewCallsAsync(2), row => Assert.Equal("Completed", row.Result));
        line.Survived("both were answered, nobody was dialled twice; on the live page again, with the start of the app, after", took);
    }

    private static async Task MessageArrivesAsync(BrowserPhone bob)
    {
        await Eventually.TrueAsync(
            async () =>
            {
                await bob.Page.GotoAsync("/voicemail");
                return await bob.Page.Locator("audio, audio source").CountAsync() > 0;
            },
            () => "The message is in no mailbox.");
    }

    // Each bridge, and which phones are in it.
    private async Task<IReadOnlyList<string>> PlacesAsync()
    {
        var phones = (await House.Ari.GetAsync("channels")).EnumerateArray().Where(static channel => Text(channel, "name").StartsWith("PJSIP/", StringComparison.Ordinal))
            .Select(static channel => Text(channel, "id")).ToHashSet();
        return
        [
            .. (await House.Ari.GetAsync("bridges")).EnumerateArray()
                .Select(bridge => (Id: Text(bridge, "id"), In: bridge.GetProperty("channels").EnumerateArray().Select(static channel => channel.GetString()!).Where(phones.Contains).Order()))
                .Where(static bridge => bridge.In.Any()).Select(static bridge => $"{bridge.Id} {string.Join(' ', bridge.In)}").Order(),
        ];
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
