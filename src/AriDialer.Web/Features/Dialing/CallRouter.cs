using System.Collections.Immutable;
using AriDialer.Calls.Routing;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.Phones;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Dialing;

/// <summary>
/// Decides where a call goes, and makes its row before anybody is rung. Whose call it is follows from the endpoint alone; what
/// was dialled is only ever read, never passed on: a dial string is made of a number that was read or a name that we gave.
/// </summary>
internal sealed class CallRouter(
    Colleagues colleagues,
    TelephoneNumbers numbers,
    HistoryWriter history,
    IOptions<DialingOptions> dialing,
    IOptions<TrunkOptions> trunk)
{
    private const int LongestName = 60;

    public async ValueTask<RouteDecision> RouteAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        var decision = await DecideAsync(request, cancellationToken);
        var (direction, caller, callee) = decision switch
        {
            RingTargets ring => (ring.Direction, ring.Caller, ring.Callee),
            RefuseCall refuse => (refuse.Direction, refuse.Caller, refuse.Callee),
            HandBack back => (back.Direction, back.Caller, back.Callee),
            _ => throw new InvalidOperationException($"There is no row for {decision.GetType().Name}."),
        };
        await history.OpenAsync(new CallSnapshot(
            request.CallId, 0, direction, CallState.Arriving, caller, callee, request.StartedAt, null, null, null, null, []));
        return decision;
    }

    private async Task<RouteDecision> DecideAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        if (await colleagues.ByEndpointAsync(request.Endpoint, cancellationToken) is { } person)
            return await FromPersonAsync(person, request.Dialled, cancellationToken);

        // A phone whose session has just ended, or one that nobody here knows: not from the network, whatever it dials.
        if (request.Endpoint.StartsWith(PhoneNames.Prefix, StringComparison.Ordinal) || request.Arguments.GetValueOrDefault("kind") == "phone")
            return new RefuseCall(CallDirection.Outbound, CallParty.Unknown, CallParty.Unknown, EndReasons.NotAllowed);

        return await FromNetworkAsync(request, cancellationToken);
    }

    private async Task<RouteDecision> FromPersonAsync(Colleague caller, string dialled, CancellationToken cancellationToken)
    {
        if (PhoneNames.PersonOf(dialled) is { } userId)
        {
            return await colleagues.ByIdAsync(userId, cancellationToken) is { } named
                ? await ToPersonAsync(CallDirection.Internal, caller.AsParty(), named, cancellationToken)
                : new RefuseCall(CallDirection.Internal, caller.AsParty(), CallParty.Unknown, EndReasons.InvalidNumber);
        }

        switch (numbers.Read(dialled, caller.Region ?? dialing.Value.DefaultRegion))
        {
            case ReadNumber { Number: var number }:
                return await colleagues.ByNumberAsync(number, cancellationToken) is { } colleague
                    ? await ToPersonAsync(CallDirection.Internal, caller.AsParty(), colleague, cancellationToken)
                    : ToNetwork(caller, number);

            // The page has said so before the call was tried: a telephone without a known place must not reach the wrong rescuers.
            case EmergencyNumber emergency:
                return new RefuseCall(
                    CallDirection.Outbound, caller.AsParty(), new CallParty(null, emergency.Digits, null), EndReasons.NotAllowed);

            default:
                return new RefuseCall(CallDirection.Outbound, caller.AsParty(), CallParty.Unknown, EndReasons.InvalidNumber);
        }
    }

    private RouteDecision ToNetwork(Colleague caller, TelephoneNumber number)
    {
        var callee = new CallParty(null, number.E164, null);
        var shown = caller.Number ?? (string.IsNullOrEmpty(trunk.Value.CallerNumber) ? null : trunk.Value.CallerNumber);
        if (shown is null)
            return new RefuseCall(CallDirection.Outbound, caller.AsParty(), callee, EndReasons.NotAllowed);

        var target = new DialTarget(trunk.Value.DialStringFor(number), shown, caller.Name, null);
        return new RingTargets(
            CallDirection.Outbound, caller.AsParty() with { Number = shown }, callee, [target], dialing.Value.RingFor);
    }

    private async Task<RouteDecision> FromNetworkAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        var region = dialing.Value.DefaultRegion;
        var caller = new CallParty(null, numbers.ReadOrNull(request.CallerNumber, region)?.E164, Shown(request.CallerName));
        if (numbers.ReadOrNull(request.Dialled, region) is not { } number)
            return new RefuseCall(CallDirection.Inbound, caller, CallParty.Unknown, EndReasons.InvalidNumber);

        return await colleagues.ByNumberAsync(number, cancellationToken) is { } person
            ? await ToPersonAsync(CallDirection.Inbound, caller, person, cancellationToken)
            : new RefuseCall(CallDirection.Inbound, caller, new CallParty(null, number.E164, null), EndReasons.InvalidNumber);
    }

    private async Task<RouteDecision> ToPersonAsync(
        CallDirection direction, CallParty caller, Colleague callee, CancellationToken cancellationToken)
    {
        if (caller.UserId == callee.UserId)
            return new RefuseCall(direction, caller, callee.AsParty(), EndReasons.NotAllowed);

        var phones = await colleagues.PhonesOfAsync(callee.UserId, cancellationToken);
        if (phones.Count == 0)
            return new RefuseCall(direction, caller, callee.AsParty(), EndReasons.Unavailable);

        ImmutableArray<DialTarget> targets =
            [.. phones.Select(endpoint => new DialTarget($"PJSIP/{endpoint}", caller.Number ?? "", caller.Name ?? "", callee.UserId))];
        return new RingTargets(direction, caller, callee.AsParty(), targets, dialing.Value.RingFor);
    }

    // What the network sends as a name is anybody's text: short, and nothing but letters that can be seen.
    private static string? Shown(string name)
    {
        var seen = new string([.. name.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))
            .Take(LongestName)]).Trim();
        return seen.Length == 0 ? null : seen;
    }
}
