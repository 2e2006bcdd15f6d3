using System.Diagnostics;
using System.Runtime.CompilerServices;
using AriDialer.Calls;

namespace AriDialer.Web.Tests.Hosting;

/// <summary>Calls for tests, and the feed's door for them.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static CallSnapshot Call(
        string id, long version = 1, CallState state = CallState.Ringing, string? caller = null, string? callee = null, string? callerName = null,
        CallDirection direction = CallDirection.Inbound) => new(
            id, version, direction, state,
            new CallParty(caller, "+442079460123", callerName), new CallParty(callee, "+12025550101", "Alice"),
            Noon, state >= CallState.Ringing ? Noon.AddSeconds(1) : null, state >= CallState.Connected ? Noon.AddSeconds(5) : null,
            state == CallState.Ended ? Noon.AddSeconds(65) : null,
            state == CallState.Ended ? new CallEnd(EndedBy.Customer, EndReasons.Completed, 16) : null,
            [new LegSnapshot($"{id}.leg1", "web-abc", null, callee, LegState.Ringing)]);

    public static void Tell(this CallFeed feed, CallSnapshot call) => Publish(feed, call);

    /// <summary>Waits until something becomes true, for at most ten seconds.</summary>
    public static async Task Eventually(Func<Task<bool>> isTrue, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await isTrue())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"Not after ten seconds: {what}");
            await Task.Delay(20);
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Publish")]
    private static extern void Publish(CallFeed feed, CallSnapshot call);
}
