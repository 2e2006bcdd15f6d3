using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using AriDialer.Calls;
using AriDialer.Web.Features.History;

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
            [new LegSnapshot($"{id}.leg1", "web-abc", null, callee, LegState.Ringing) { Role = LegRole.Called }]);

    /// <summary>A call from one to the other, both of whom are there and talk.</summary>
    public static CallSnapshot Talk(string id, CallParty caller, CallParty callee, long version = 1) =>
        Call(id, version, CallState.Connected) with
        {
            Direction = caller.UserId is null ? CallDirection.Inbound : callee.UserId is null ? CallDirection.Outbound : CallDirection.Internal,
            Caller = caller,
            Callee = callee,
            Legs = [Leg(id, LegRole.Caller, caller, $"sip-{id}"), Leg($"{id}.leg1", LegRole.Called, callee)],
        };

    /// <summary>One who talks in a call.</summary>
    public static LegSnapshot Leg(string channelId, LegRole role, CallParty party, string? sipCallId = null) =>
        new(channelId, "web-abc", sipCallId, party.UserId, LegState.Up) { Party = party, Role = role, Place = LegPlace.Main };

    public static void Tell(this CallFeed feed, CallSnapshot call, params ImmutableArray<CallMoment> moments) => Publish(feed, call, moments);

    /// <summary>A line of a timeline, so many seconds after noon.</summary>
    public static CallMoment Moment(string kind, int seconds = 0, string? by = null, CallParty? who = null, string? detail = null) =>
        new(Noon.AddSeconds(seconds), kind, by, who, detail);

    /// <summary>Writes calls as the history's writer does, without timelines.</summary>
    public static Task WriteAsync(this CallRows rows, IEnumerable<CallSnapshot> calls, CancellationToken cancellationToken) =>
        rows.WriteAsync([.. calls.Select(call => new PendingCall(call))], cancellationToken);

    /// <summary>What the history's writer makes of one change of the feed.</summary>
    public static PendingCall Told(long sequence, CallSnapshot call, params ImmutableArray<CallMoment> moments) =>
        PendingCall.Of(new CallChange(sequence, call, moments), Noon);

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
    private static extern void Publish(CallFeed feed, CallSnapshot call, ImmutableArray<CallMoment> moments);
}
