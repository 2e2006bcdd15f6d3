using System.Diagnostics;
using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using AriDialer.Testing;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>A process stands still and keeps all its connections, as under a debugger, on a machine that swaps, or in a virtual machine that is moved.</summary>
public sealed class FrozenTests(TestHouse house) : CallTest(house)
{
    private const string Written = "+44 20 7946 0123";

    [Fact]
    public async Task App_StandsStill_CallsEndWithoutIt_AndWhoCallsMeanwhileIsServedOnceItGoesOn()
    {
        using var line = new FaultLine("App frozen (SIGSTOP)", "for 7 s: one call talks, one ends, one comes");
        var desk = await DeskPhone.OfAsync(House, Person.Bob);
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound, plan: new SippPlan(Calls: 3, AtOnce: 3) { Limit = TimeSpan.FromMinutes(2) });
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        await using var ends = desk.Calls(Outside.Customer, talkFor: 4000);
        await Supervisor.SeesAsync(Person.Bob.Name, Written, "Outbound", "Connected");

        SippRun comes;
        using (new Frozen(House.App.ProcessId))
        {
            var start = Stopwatch.GetTimestamp();
            await ends.SucceedsAsync();
            // All three have the same line of sound outside; now it is one call's alone.
            await Ear.HearsAsync(() => sound.HearAsync(TimeSpan.FromSeconds(3)), Speech.Congratulations, other: Speech.Instructions);
            comes = desk.Calls(Outside.Customer, talkFor: 1000);
            if (TimeSpan.FromSeconds(7) - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } rest)
                await Task.Delay(rest);
        }

        var thawed = Stopwatch.GetTimestamp();
        await using (comes)
            await comes.SucceedsAsync();
        var served = Stopwatch.GetElapsedTime(thawed);
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Outbound", "Connected");
        await alice.HangUpAsync();
        await outside.SucceedsAsync();
        var rows = await Supervisor.NewCallsAsync(3);
        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal(("Completed", true), (row.Result, row.Why.Contains("cause 16", StringComparison.Ordinal))));
        line.Survived("3 of 3 calls unharmed and in the history; who called meanwhile was through, a second of talk included, after", served);
    }

    [Fact]
    [Trait(LongTests.Trait, LongTests.Long)]
    public async Task Asterisk_StandsStill_PagesSaySo_AndTheCallIsThereOnceItGoesOn()
    {
        using var line = new FaultLine("Asterisk frozen (SIGSTOP)", "for 12 s in mid-call, a browser talks");
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound, plan: new SippPlan { Limit = TimeSpan.FromMinutes(2) });
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Outbound", "Connected");

        var connects = Connects();
        TimeSpan noticed;
        using (new Frozen(House.Asterisk.ProcessId))
        {
            var start = Stopwatch.GetTimestamp();
            await Expect(alice.Status).ToContainTextAsync("Reconnecting", new() { Timeout = 10_000 });
            noticed = Stopwatch.GetElapsedTime(start);
            if (TimeSpan.FromSeconds(12) - noticed is { Ticks: > 0 } rest)
                await Task.Delay(rest);
        }

        await Eventually.TrueAsync(() => Task.FromResult(Connects() > connects), () => "The app does not find it again.");
        await alice.ReadyAsync();
        await Ear.HearsAsync(() => sound.HearAsync(TimeSpan.FromSeconds(4)), Speech.Congratulations, other: Speech.Instructions);
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Outbound", "Connected");
        await Supervisor.HangUpAsync(Person.Alice.Name, Written);
        await outside.SucceedsAsync();
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Person.Alice.Name, Written, "Outbound", "Completed", "by a supervisor");
        line.Survived("heard again, and ended by the supervisor; noticed after", noticed);
    }

    private int Connects() => House.App.Log.Split("Connected to Asterisk").Length;
}
