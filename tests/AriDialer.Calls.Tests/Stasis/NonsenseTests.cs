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

    private static async Task AnswersStillAsync(FakeAsterisk asterisk, CallEngine engine)
    {
        asterisk.OnDial = static leg => leg.Answer();
        var id = CallIds.ForArrival(asterisk.Arrive("+12025550101", id: "still-there").Id, null);
        await engine.InStateAsync(id, CallState.Connected);
    }
}
