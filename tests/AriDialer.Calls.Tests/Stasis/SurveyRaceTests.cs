using AriDialer.Calls.Routing;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>Channels that come while Asterisk is being asked what it has: the answer knows nothing of them, and says nothing of them.</summary>
public sealed class SurveyRaceTests
{
    [Fact]
    public async Task Call_ArrivesWhileAStrayIsLookedFor_GoesOn()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        var stray = CallIds.Leg("nobody", 1);
        asterisk.Requests.Fail(request => request.Is("DELETE", $"/channels/{stray}"), 500, "not now");
        await using var engine = await CallEngine.StartAsync(asterisk, lookForStuckCallsEvery: TimeSpan.FromMilliseconds(150));
        await engine.Ari.Channels.CreateAsync("PJSIP/somebody", "aridialer", channelId: stray);
        await asterisk.Requests.WaitForAsync("DELETE", $"/channels/{stray}");

        // Two looks that find it; the third list is the reconciler's.
        var lists = 0;
        bool IsReconcilers(FakeRequest request) => request.Is("GET", "/channels") && Interlocked.Increment(ref lists) == 3;
        using (asterisk.Requests.Hold(IsReconcilers, done: true))
        {
            await engine.UntilAsync(() => Volatile.Read(ref lists) >= 3, "the reconciler to ask");
            asterisk.OnDial = static leg => leg.Ring();
            asterisk.Arrive("+12025550101", id: "caller");
            await engine.InStateAsync("caller", CallState.Ringing);
        }

        await engine.UntilAsync(() => asterisk.Channel(stray) is null, "the stray to be reaped");
        asterisk.Channel(CallIds.Leg("caller", 1))!.Answer();
        await engine.InStateAsync("caller", CallState.Connected);
    }

    [Fact]
    public async Task Leg_ArrivesWhileTheOthersAreAskedAbout_GoesOn()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk, static async (request, cancellationToken) =>
        {
            var ring = (RingTargets)await CallEngine.ToTrunk(request, cancellationToken);
            return ring with { Targets = [.. ring.Targets, ring.Targets[0] with { Address = "PJSIP/web-second" }] };
        });
        asterisk.OnDial = static leg => leg.Ring();
        var (first, second) = (CallIds.Leg("caller", 1), CallIds.Leg("caller", 2));

        // What gives rise to the question.
        asterisk.Requests.Fail(static request => request.Is("POST", "/channels/caller/variables"), 500, "not now");
        using (asterisk.Requests.Hold(request => request.Is("GET", $"/channels/{second}"), done: true))
        {
            using (asterisk.Requests.Hold(static request => request.Is("POST", "/channels/create")))
            {
                asterisk.Arrive("+12025550101", id: "caller");
                await asterisk.Requests.WaitForAsync("GET", $"/channels/{second}");
                await asterisk.Requests.WaitForAsync("GET", $"/channels/{first}");
            }

            await engine.UntilAsync(() => engine.Directory.Find("caller")!.Legs.Count(static leg => leg.State == LegState.Ringing) == 2, "both to ring");
        }

        // The answer to the question is heard.
        await Task.Delay(200);
        asterisk.Channel(first)!.Answer();
        await engine.InStateAsync("caller", CallState.Connected);
    }
}
