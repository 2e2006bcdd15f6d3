using AriDialer.Calls.Routing;
using AriDialer.Web.Data;

namespace AriDialer.Web.Features.Recording.Rules;

/// <summary>What of a call the rules look at: the same while it is routed and when it is long over.</summary>
/// <param name="Direction">Where it comes from and goes to.</param>
/// <param name="CallerUserId">The person of ours who calls.</param>
/// <param name="CalleeUserId">The person of ours who is called.</param>
/// <param name="TeamId">The team that was called, whoever took the call then.</param>
/// <param name="OtherNumber">The other side's number, in E.164; null where it is withheld, and between people of ours.</param>
internal sealed record RuledCall(CallDirection Direction, string? CallerUserId, string? CalleeUserId, string? TeamId, string? OtherNumber)
{
    /// <summary>A call that is being routed.</summary>
    public static RuledCall Of(RingTargets ring) => Of(ring.Direction, ring.Caller, ring.Callee, ring.Team?.TeamId);

    /// <summary>A call of the history.</summary>
    public static RuledCall Of(CallRecord call) => Of(
        call.Direction,
        new CallParty(call.CallerUserId, call.CallerNumber, null),
        new CallParty(call.CalleeUserId, call.CalleeNumber, null),
        call.TeamId);

    private static RuledCall Of(CallDirection direction, CallParty caller, CallParty callee, string? teamId) => new(
        direction,
        caller.UserId,
        callee.UserId,
        teamId,
        direction switch
        {
            CallDirection.Inbound => caller.Number,
            CallDirection.Outbound => callee.Number,
            _ => null,
        });
}
