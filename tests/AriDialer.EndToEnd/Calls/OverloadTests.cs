using System.Text.RegularExpressions;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using AriDialer.Testing;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>More calls come from the telephone network than the machine can carry.</summary>
public sealed partial class OverloadTests(TestHouse house) : CallTest(house)
{
    private static readonly TimeSpan BackToNormalWithin = TimeSpan.FromSeconds(5);

    // A quarter of a second where the processors are the tests' own; several others at work on them made it 1.9 s.
    private static readonly TimeSpan QuickEnough = TimeSpan.FromSeconds(2.5);

    // A call that the machine has room for takes some tens of milliseconds, and rings for 200; the rest is for others at work beside the tests.
    private static readonly TimeSpan Normal = TimeSpan.FromSeconds(1);

    [Fact]
    public Task Trunk_CallsFarOverCapacity_TheAcceptedWork_TheRestGetAQuick503_AndSoonAllIsNormal() => OverloadAsync(TimeSpan.FromSeconds(6));

    [Fact]
    [Trait(LongTests.Trait, LongTests.Long)]
    public Task Trunk_CallsFarOverCapacityForAMinute_Likewise() => OverloadAsync(TimeSpan.FromMinutes(1));

    // What Asterisk makes of the cause with which calls are refused, and why our 503 to the network says no more: PJSIP_HEADER writes
    // requests only. Once this fails, Asterisk can say when to try again.
    [Fact]
    public async Task Asterisk_Congestion_IsA503_IntoWhichTheDialplanCanPutNoHeader()
    {
        await using var calls = House.Outside.CallsAndIsRefused("+12025550175", status: 503);
        await calls.SucceedsAsync();
        Assert.DoesNotContain("Retry-After", calls.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Browser_NoRoomForAnotherCall_SaysWhenToTryAgain_AndCallsOnceThereIs()
    {
        using var line = new FaultLine("Overload", "a browser calls while there is no room");
        var settings = House.App.Settings;
        var desk = await DeskPhone.OfAsync(House, Person.Bob);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await RestartAsync(mostCalls: "1");
        try
        {
            await alice.ReadyAsync();
            await using var outside = House.Outside.IsCalledAndAnswers(plan: new SippPlan(Calls: 2, AtOnce: 2));
            await using var only = desk.Calls(Outside.Customer, talkFor: 6000);
            await outside.SeesAsync("ACK");
            await using (var another = House.Outside.CallsAndIsRefused(Person.Alice.Number!, status: 503))
                await another.SucceedsAsync();

            await alice.DialAsync(Outside.Customer);
            await Expect(alice.Page.GetByText("All lines are busy just now. Try again in 5 seconds.").First).ToBeVisibleAsync();
            await Expect(alice.Number).ToHaveValueAsync("+44 20 7946 0123");
            await only.SucceedsAsync();

            // Asterisk never heard of the one that was refused, nor does the history have it.
            await alice.CallButton.ClickAsync();
            await alice.ConnectedAsync();
            await alice.HangUpAsync();
            await outside.SucceedsAsync();
            Assert.Equal(2, (await Supervisor.NewCallsAsync(2)).Count);
            line.Survived("the page says when to try again, and the next try goes through");
        }
        finally
        {
            await RestartAsync(mostCalls: null);
        }

        async Task RestartAsync(string? mostCalls)
        {
            await House.App.KillAsync();
            settings.Remove("Calls__MostCalls");
            if (mostCalls is not null)
                settings["Calls__MostCalls"] = mostCalls;
            await House.App.StartAsync();
        }
    }

    private async Task OverloadAsync(TimeSpan howLong)
    {
        using var line = new FaultLine("Overload", $"calls far over capacity for {howLong.TotalSeconds:F0} s");
        var desk = await DeskPhone.OfAsync(House, Person.Alice);
        await using var answering = desk.IsCalledAndAnswers(new SippPlan(Calls: 1_000_000, AtOnce: 10_000) { KeepsMessages = false, Limit = TimeSpan.FromMinutes(5) });
        await using var outside = House.Outside.IsCalledAndAnswers(plan: new SippPlan(Calls: Afterwards.Calls, AtOnce: Afterwards.Calls) { Limit = TimeSpan.FromMinutes(5) });
        var seenBefore = await CallsSeenByAsteriskAsync();
        var historyBefore = (await Supervisor.ExportAsync("Call ")).Count;

        // What a machine can carry is its own business: enough is where it refuses some.
        SippRun load;
        SippRun afterwards;
        var calls = 0;
        var answeredBefore = 0;
        for (var rate = 250; ; rate *= 2)
        {
            answeredBefore = answering.Statistics.Successful;
            calls = rate * (int)howLong.TotalSeconds;
            load = House.Outside.CallsAndMayBeRefused(Person.Alice.Number!, new SippPlan(calls, calls, rate) { Limit = howLong + TimeSpan.FromSeconds(40) });
            await Task.Delay(howLong);
            afterwards = desk.CallsAndMayBeRefused(Outside.Customer, Afterwards);
            await load.SucceedsAsync();
            if (load.Times("refused").Count > 0 || rate >= 2000)
                break;
            await load.DisposeAsync();
        }

        await using var _ = load;
        await using var __ = afterwards;
        await afterwards.SucceedsAsync();
        var worked = load.Log.Where(entry => entry.EndsWith("worked", StringComparison.Ordinal)).Select(entry => $"Call {entry.Split(' ')[0]}").Order().ToList();
        var refused = load.Times("refused");
        Assert.NotEmpty(refused);
        Assert.NotEmpty(worked);
        Assert.Equal(calls, worked.Count + refused.Count);
        Assert.Equal(worked.Count, load.Times("answered").Count);
        var quick = Median(refused);
        Assert.True(quick < QuickEnough, $"A 503 took {quick}.");

        // Call by call: whom SIPp calls served, the history calls completed, and the other side talked to as many.
        IReadOnlyList<string> rows = [];
        await Eventually.TrueAsync(
            async () => (rows = [.. (await Supervisor.ExportAsync("Call ")).Where(row => row["Result"] == "completed" || row["Ended"].Length == 0).Select(row => row["From name"])]).Count
                == historyBefore + worked.Count && answering.Statistics.Successful == answeredBefore + worked.Count,
            () => $"SIPp counts {worked.Count}, the other side {answering.Statistics}, the history {rows.Count - historyBefore}.");
        Assert.Equal(worked, rows.Take(worked.Count).Order());
        Assert.Equal(calls + Afterwards.Calls, await CallsSeenByAsteriskAsync() - seenBefore);

        var normalAfter = afterwards.Times("refused").Select(call => call.At)
            .Concat(afterwards.Times("answered").Where(call => call.Took > Normal).Select(call => call.At)).DefaultIfEmpty().Max();
        Assert.True(normalAfter < BackToNormalWithin, $"Calls are as usual after {normalAfter}.");
        line.Survived($"{worked.Count} of {calls} calls worked, {refused.Count} got a 503 after {quick.TotalMilliseconds:F0} ms (median); as usual after", normalAfter);
    }

    /// <summary>A desk phone goes on calling outside, from the moment when the load ends.</summary>
    private static SippPlan Afterwards { get; } = new(Calls: 28, AtOnce: 28, PerSecond: 4);

    private static TimeSpan Median(IReadOnlyList<(TimeSpan At, TimeSpan Took)> times) => times.Select(time => time.Took).Order().ElementAt(times.Count / 2);

    // Of all callers, accepted or not; what AriDialer calls itself is no call to Asterisk's dialplan.
    private async Task<int> CallsSeenByAsteriskAsync() => int.Parse(CallsProcessed().Match(await House.Asterisk.CliAsync("core show calls")).Groups[1].Value);

    [GeneratedRegex("([0-9]+) calls? processed")]
    private static partial Regex CallsProcessed();
}
