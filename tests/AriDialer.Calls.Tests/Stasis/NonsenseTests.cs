using System.Diagnostics;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>The far side lies: repeats itself, speaks nonsense, comes in the wrong order. Calls end as they should all the same.</summary>
public sealed class NonsenseTests
{
    public static TheoryData<string> Recordings => [.. RecordedCalls.Names];

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Engine_RecordedEventsTwiceAndBackwards_NeitherBreaksNorLeavesACall(string recording)
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var events = RecordedCalls.Events(recording);
        foreach (var text in events.Concat(events).Concat(events.Reverse()))
        {
            asterisk.Push(text);
        }

        // The recorded channels do not exist here: whatever call they began is found to be over.
        await AnswersStillAsync(asterisk, engine);
        await engine.UntilAsync(() => engine.Directory.Live.All(call => call.State == CallState.Connected), "the recorded calls to end");
        Assert.All(
            engine.ToldSoFar().Where(call => call.State == CallState.Ended).GroupBy(call => call.Id),
            ends => Assert.Single(ends.Select(end => end.End).Distinct()));
    }

    [Fact]
    public async Task Engine_GarbageUnknownAndHugeEvents_AreNothingToACall()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.Push("not json");
        asterisk.Push("{}");
        asterisk.Push("[1,2,3]");
        asterisk.Push("""{"type":"StasisStart"}""");
        asterisk.Push("""{"type":"ChannelDestroyed","cause":"seventeen","channel":{"id":7}}""");
        asterisk.Push("""{"type":"TomorrowsEvent","channel":{"id":"x"}}""");
        asterisk.Push($$$"""{"type":"ChannelUserevent","eventname":"{{{new string('x', 1_000_000)}}}","userevent":{}}""");
        asterisk.Push(new byte[] { 0xff, 0xfe, 0x00 });
        await AnswersStillAsync(asterisk, engine);
    }

    [Fact]
    public async Task Engine_StormOfRepeatedEvents_IsGotThroughAndTheCallIsRight()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.OnDial = static leg => leg.Answer();
        var caller = asterisk.Arrive("+12025550101");
        var id = CallIds.ForArrival(caller.Id, null);
        await engine.InStateAsync(id, CallState.Connected);
        var version = engine.Directory.Find(id)!.Version;
        var requests = asterisk.Requests.All.Count;

        var start = Stopwatch.GetTimestamp();
        var repeated = $$$"""{"type":"ChannelStateChange","timestamp":"2026-01-01T00:00:00.000+0000","application":"aridialer","channel":{"id":"{{{CallIds.Leg(id, 1)}}}","name":"PJSIP/web-agent-1","state":"Up"}}""";
        for (var i = 0; i < 20_000; i++)
        {
            asterisk.Push(repeated);
        }

        caller.HangUp();
        await engine.EndedAsync(id);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
        Assert.True(engine.ToldSoFar().Count(call => call.Id == id && call.Version > version) <= 5, "a repetition was told as a change");
        Assert.True(asterisk.Requests.All.Count - requests < 10, "a repetition led to requests");
    }

    [Fact]
    public async Task Engine_TenThousandEventsASecond_RepeatedReorderedUnknownAndHuge_MemoryStaysBoundedAndEveryCallIsRight()
    {
        using var line = new FaultLine("Nonsense", "10,000 events a second for 3 s: repeated, reordered, unknown, malformed, of 1 MB");
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.OnDial = static leg => leg.Answer();
        string[] talking = [.. Enumerable.Range(0, 10).Select(i => asterisk.Arrive("+12025550101", id: $"talks-{i}").Id)];
        foreach (var id in talking)
        {
            await engine.InStateAsync(id, CallState.Connected);
        }

        asterisk.OnDial = static leg => leg.Ring();
        string[] ringing = [.. Enumerable.Range(0, 10).Select(i => asterisk.Arrive("+12025550101", id: $"rings-{i}").Id)];
        foreach (var id in ringing)
        {
            await engine.InStateAsync(id, CallState.Ringing);
        }

        var requests = asterisk.Requests.All.Count;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = await StormAsync(asterisk, NonsenseAbout(talking, ringing));

        // Behind all of it: what really happens is still understood, and soon.
        var start = Stopwatch.GetTimestamp();
        foreach (var id in ringing)
        {
            asterisk.Channel(CallIds.Leg(id, 1))!.Answer();
        }

        foreach (var id in ringing)
        {
            await engine.InStateAsync(id, CallState.Connected);
        }

        var late = Stopwatch.GetElapsedTime(start);
        Assert.Equal(20, engine.Directory.Live.Count(call => call.State == CallState.Connected));
        await engine.UntilAsync(() => asterisk.Bridges.Count(bridge => bridge.Channels.Count == 2) == 20, "all of them to be together");
        Assert.True(most - before < 400_000_000, $"{(most - before) / 1_000_000} MB at the most");
        Assert.True(asterisk.Requests.All.Count - requests < 3000, $"{asterisk.Requests.All.Count - requests} requests");
        foreach (var id in talking.Concat(ringing))
        {
            asterisk.Channel(id)!.HangUp();
        }

        foreach (var id in talking.Concat(ringing))
        {
            Assert.Equal((EndReasons.Completed, EndedBy.Customer), (await engine.EndedAsync(id)).End is { } end ? (end.Reason, end.Party) : default);
        }

        await engine.UntilAsync(() => asterisk.Channels.Count == 0 && asterisk.Bridges.Count == 0, "nothing to be left");
        line.Survived($"20 calls right, {(most - before) / 1_000_000} MB more at the most; what followed was understood after", late);
    }

    /// <returns>The most memory that was in use meanwhile.</returns>
    private static async Task<long> StormAsync(FakeAsterisk asterisk, string[] nonsense)
    {
        var huge = $$$"""{"type":"ChannelUserevent","eventname":"{{{new string('x', 1_000_000)}}}","userevent":{}}""";
        var (pushed, most, start) = (0, 0L, Stopwatch.GetTimestamp());
        for (var tick = 1; tick <= 30; tick++)
        {
            for (var i = 0; i < 1000; i++)
            {
                asterisk.Push(nonsense[pushed++ % nonsense.Length]);
            }

            asterisk.Push(huge);
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
            var wait = TimeSpan.FromMilliseconds(100 * tick) - Stopwatch.GetElapsedTime(start);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        }

        return most;
    }

    // All that is true of a call and is said again, in any order; lies of channels that are not there; and what nobody understands.
    private static string[] NonsenseAbout(string[] talking, string[] ringing)
    {
        List<string> events =
        [
            "not json", "{}", "[1,2,3]", """{"type":"StasisStart"}""", """{"type":"TomorrowsEvent","channel":{"id":"x"}}""", """{"type":"Dial","peer":{"id":""",
        ];
        foreach (var channel in talking.Concat(talking.Select(id => CallIds.Leg(id, 1))))
        {
            events.AddRange(
            [
                Event("ChannelStateChange", channel, "Up"), Event("ChannelStateChange", channel, "Ringing"), Event("StasisEnd", channel, "Up"),
                Event("StasisStart", channel, "Up", ""","args":[]"""), Event("ChannelDtmfReceived", "nobody", "Up", ""","digit":"1","duration_ms":100"""),
            ]);
        }

        foreach (var id in ringing)
        {
            events.AddRange(
            [
                Event("ChannelStateChange", CallIds.Leg(id, 1), "Ringing"), Event("StasisStart", CallIds.Leg(id, 1), "Ringing", ""","args":[]"""),
                Event("ChannelDestroyed", CallIds.Leg(id, 7), "Up", ""","cause":16,"cause_txt":"" """),
            ]);
        }

        var all = events.ToArray();
        new Random(7).Shuffle(all);
        return all;
    }

    private static string Event(string type, string channel, string state, string more = "") =>
        $$$"""{"type":"{{{type}}}","timestamp":"2026-01-01T00:00:00.000+0000","application":"aridialer"{{{more}}},"channel":{"id":"{{{channel}}}","name":"PJSIP/web-agent-1","state":"{{{state}}}"}}""";

    private static async Task AnswersStillAsync(FakeAsterisk asterisk, CallEngine engine)
    {
        asterisk.OnDial = static leg => leg.Answer();
        var id = CallIds.ForArrival(asterisk.Arrive("+12025550101", id: "still-there").Id, null);
        await engine.InStateAsync(id, CallState.Connected);
    }
}
