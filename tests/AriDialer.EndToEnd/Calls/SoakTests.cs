using System.Diagnostics;
using System.Globalization;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using AriDialer.Testing;

namespace AriDialer.EndToEnd.Calls;

/// <summary>Twenty calls a second, on and on: nothing may grow but the history.</summary>
public sealed class SoakTests(TestHouse house) : CallTest(house)
{
    private const int PerSecond = 20;
    private const int SliceSeconds = 60;
    private const int PerSlice = PerSecond * SliceSeconds;

    /// <summary>How many minutes it takes, where an hour is not meant.</summary>
    private const string MinutesVariable = "ARIDIALER_SOAK_MINUTES";

    [Fact]
    [Trait(LongTests.Trait, LongTests.Long)]
    public async Task Calls_TwentyASecondForAnHour_NoneFails_AndNothingGrows()
    {
        var minutes = int.Parse(Environment.GetEnvironmentVariable(MinutesVariable) ?? "60", CultureInfo.InvariantCulture);
        using var line = new FaultLine("Soak", $"{PerSecond} calls a second for {minutes} min");
        var desk = await DeskPhone.OfAsync(House, Person.Alice);
        List<(Footprint App, Footprint Asterisk)> samples = [];
        var table = RepositoryRoot.File(".local", "test-results", "soak.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(table)!);
        File.WriteAllText(table, "");
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(minutes))
        {
            await SliceAsync(desk, samples.Count);
            var (app, asterisk) = (await Footprint.OfCollectedAsync(House.App.ProcessId), Footprint.Of(House.Asterisk.ProcessId));
            samples.Add((app, asterisk));
            File.AppendAllText(table, $"{Stopwatch.GetElapsedTime(started):hh\\:mm\\:ss}  app {app}  Asterisk {asterisk}\n");
        }

        TestContext.Current.TestOutputHelper?.WriteLine(File.ReadAllText(table));

        // In the first quarter code is compiled and pools fill; too few samples say nothing.
        Assert.True(samples.Count >= 8, "A soak takes eight minutes at least.");
        Flat("the app", [.. samples.Select(sample => sample.App)]);
        Flat("Asterisk", [.. samples.Select(sample => sample.Asterisk)]);
        line.Survived($"{samples.Count * PerSlice} calls, none failed; app {samples[^1].App}, Asterisk {samples[^1].Asterisk}");
    }

    // Its calls, as both sides and the history count them; none is left in Asterisk.
    private async Task SliceAsync(DeskPhone desk, int number)
    {
        var plan = new SippPlan(PerSlice, PerSlice, PerSecond) { KeepsMessages = false, Limit = TimeSpan.FromSeconds(SliceSeconds + 30) };
        var name = string.Create(CultureInfo.InvariantCulture, $"Soak {number:0000}-");
        await using var answering = desk.IsCalledAndAnswers(plan);
        await using var calls = House.Outside.CallsAndHangsUp(Person.Alice.Number!, plan: plan, name: name + "[call_number]");
        Assert.Equal(PerSlice, (await calls.SucceedsAsync()).Successful);
        Assert.Equal(PerSlice, (await answering.SucceedsAsync()).Successful);
        IReadOnlyList<string> rows = [];
        await Eventually.TrueAsync(
            async () => (rows = [.. (await Supervisor.ExportAsync(name)).Where(row => row["Result"] == "completed").Select(row => row["From name"])]).Count == PerSlice,
            () => $"The history has {rows.Count} of {PerSlice} calls of {name}.");
        Assert.Equal(PerSlice, rows.Distinct().Count());
        await Eventually.TrueAsync(
            async () => (await House.Ari.ChannelsAsync()).Count == 0 && (await House.Ari.BridgesAsync()).Count == 0, () => "Channels or bridges are left.");
    }

    // What leaks with each call is a line that rises; what a pool or the collector keeps for later is not.
    private static void Flat(string what, Footprint[] samples)
    {
        var quarter = samples.Length / 4;
        var (then, now) = (samples[quarter..(2 * quarter)], samples[^quarter..]);
        Assert.True(
            Middle(now, sample => sample.Memory) <= 1.1 * Middle(then, sample => sample.Memory) + 10 * 1024,
            $"The memory of {what} grows:\n{string.Join('\n', samples.AsEnumerable())}");
        Assert.True(
            Middle(now, sample => sample.Handles) <= Middle(then, sample => sample.Handles) + 10,
            $"The handles of {what} grow:\n{string.Join('\n', samples.AsEnumerable())}");
        Assert.True(
            Middle(now, sample => sample.Threads) <= Middle(then, sample => sample.Threads) + 10,
            $"The threads of {what} grow:\n{string.Join('\n', samples.AsEnumerable())}");
    }

    private static long Middle(Footprint[] samples, Func<Footprint, long> of) => samples.Select(of).Order().ElementAt(samples.Length / 2);
}
