using System.Collections.Concurrent;
using System.Diagnostics;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>
/// The application dies at each of the requests of a call, before Asterisk carries it out and after, and comes back: whatever the call
/// was in, it goes on or ends as it should, nothing is done twice and nothing stays behind.
/// </summary>
public sealed class AppDeathTests
{
    private static readonly TimeSpan ControllableWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WellWithin = TimeSpan.FromSeconds(8);

    public static TheoryData<string> Scenarios => [.. DeathScenario.All.Keys];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task App_DiesAtAnyRequest_CallGoesOnOrEndsAndNothingIsDoubledOrLeft(string name)
    {
        using var line = new FaultLine("App killed", $"before and after each request of a call: {name}");
        var requests = await LiveThroughAsync(name);
        Assert.True(requests > 5, $"Only {requests} requests.");
        var wrong = new ConcurrentQueue<string>();
        var times = new ConcurrentBag<TimeSpan>();
        await Parallel.ForAsync(0, requests * 2, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var (request, done) = ((i / 2) + 1, i % 2 == 1);
            var (what, controllable) = await DieAsync(name, request, done);
            times.Add(controllable);
            if (what is not null)
            {
                wrong.Enqueue($"{request}{(done ? " after" : " before")}: {what}");
            }
        });
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {requests * 2}:\n{string.Join("\n\n", wrong)}");

        // Eight at a time on a machine that may be busy: one may wait for a processor, but not half of them.
        var usual = times.Order().ElementAt(times.Count / 2);
        Assert.True(usual < ControllableWithin, $"Half of them took {usual} and more to be controllable.");
        line.Survived($"{requests * 2} deaths: adopted or ended, nothing doubled or left; controllable in", usual);
    }

    private static async Task<int> LiveThroughAsync(string name)
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        var scenario = new DeathScenario(asterisk, new TaskCompletionSource().Task);
        using var stop = new CancellationTokenSource();
        var world = scenario.LiveAsync(stop.Token);
        await using var engine = await CallEngine.StartAsync(asterisk, DeathScenario.Routing);
        await scenario.RunAsync(name, engine);
        await stop.CancelAsync();
        await world;
        return asterisk.Changes;
    }

    /// <returns>What was wrong after it, null where nothing was; and how long it took until calls could be controlled again.</returns>
    private static async Task<(string? Wrong, TimeSpan Controllable)> DieAsync(string name, int request, bool done)
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        var death = asterisk.KillAppAt(request, done);
        var scenario = new DeathScenario(asterisk, death);
        using var stop = new CancellationTokenSource();
        var world = scenario.LiveAsync(stop.Token);
        var talked = false;
        await using (var first = await CallEngine.StartAsync(asterisk, DeathScenario.Routing))
        {
            var people = scenario.RunAsync(name, first);
            if (await Task.WhenAny(death, people) == people && !death.IsCompleted)
            {
                // One request less this time.
                await people;
            }
            else
            {
                await people.ContinueWith(static _ => { }, TaskScheduler.Default);
            }

            talked = !scenario.Ends && first.Directory.Find(DeathScenario.Caller)?.State == CallState.Connected;
        }

        var last = asterisk.Requests.All.LastOrDefault(r => r.Method != "GET");
        var before = asterisk.Requests.All.Count;
        var (problem, controllable) = await ComeBackAsync(asterisk, scenario, talked);
        await stop.CancelAsync();
        await world;
        return (problem is null ? null : $"{problem}\n  died at {last}; then\n    {string.Join("\n    ", asterisk.Requests.All.Skip(before))}", controllable);
    }

    private static async Task<(string? Wrong, TimeSpan Controllable)> ComeBackAsync(FakeAsterisk asterisk, DeathScenario scenario, bool talked)
    {
        var start = Stopwatch.GetTimestamp();
        await using var second = await CallEngine.StartAsync(asterisk, DeathScenario.Routing, password: FakeAsterisk.SecondPassword);
        var controllable = Stopwatch.GetElapsedTime(start);
        return (await SettleAsync(scenario, second) ?? await EndAsync(asterisk, scenario, second, talked), controllable);
    }

    private static async Task<string?> SettleAsync(DeathScenario scenario, CallEngine engine)
    {
        string? wrong;
        for (var start = Stopwatch.GetTimestamp(); (wrong = scenario.WhatIsWrong(engine)) is not null && Stopwatch.GetElapsedTime(start) < WellWithin;)
        {
            await Task.Delay(10);
        }

        return wrong;
    }

    private static async Task<string?> EndAsync(FakeAsterisk asterisk, DeathScenario scenario, CallEngine engine, bool talked)
    {
        if (talked && engine.Directory.Find(DeathScenario.Caller)?.State != CallState.Connected)
        {
            return "who talked does not talk any more";
        }

        foreach (var callId in engine.Directory.AllIds)
        {
            if (await engine.Directory.ControlAsync(callId, DeathScenario.Boss, new CallControl.End()) is { Result: ControlResult.NotAllowed })
            {
                return $"{callId} cannot be ended";
            }
        }

        string[] left = [];
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WellWithin; await Task.Delay(10))
        {
            left =
            [
                .. asterisk.Channels.Where(channel => channel.App is not null).Select(channel => channel.Id),
                .. asterisk.Bridges.Select(bridge => bridge.Id), .. engine.Directory.AllIds,
            ];
            if (left.Length == 0)
            {
                return scenario.Rung.FirstOrDefault(rung => rung.Value > 1) is { Key: { } twice } ? $"{twice} was rung twice" : null;
            }
        }

        return $"left: {string.Join(", ", left)}";
    }
}
