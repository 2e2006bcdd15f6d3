using System.Collections.Immutable;
using AriDialer.Calls.Routing;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Features.Recording.Rules;
using AriDialer.Web.Features.Voicemail;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Dialing;

/// <summary>
/// Decides where a call goes, and makes its row before anybody is rung. Whose call it is follows from the endpoint alone; what
/// was dialled is only ever read, never passed on: a dial string is made of a number that was read or a name that we gave.
/// </summary>
internal sealed class CallRouter(
    Colleagues colleagues,
    TeamBook teams,
    Destinations destinations,
    PersonRoutes people,
    NetworkRoutes network,
    Greetings greetings,
    TelephoneNumbers numbers,
    RecordingRules recording,
    HistoryWriter history,
    IOptions<DialingOptions> dialing)
{
    private const int LongestName = 60;

    public async ValueTask<RouteDecision> RouteAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        if (request.Purpose != RoutePurpose.Call)
            return await ForPersonInCallAsync(request, cancellationToken);

        var decision = await ForCallAsync(request, cancellationToken);
        if (request.Unanswered is null)
            await OpenAsync(request, decision);

        // Whoever is rung now, first or after somebody else: the rules look at those two who will talk.
        return decision is RingTargets ring ? await recording.ApplyAsync(ring, cancellationToken) : decision;
    }

    private Task OpenAsync(RouteRequest request, RouteDecision decision)
    {
        var (direction, caller, callee) = decision switch
        {
            RingTargets ring => (ring.Direction, ring.Caller, ring.Callee),
            TakeMessage message => (message.Direction, message.Caller, message.Callee),
            RefuseCall refuse => (refuse.Direction, refuse.Caller, refuse.Callee),
            HandBack back => (back.Direction, back.Caller, back.Callee),
            _ => throw new InvalidOperationException($"There is no row for {decision.GetType().Name}."),
        };
        return history.OpenAsync(new CallSnapshot(
            request.CallId, 0, direction, CallState.Arriving, caller, callee, request.StartedAt, null, null, null, null, [])
        {
            Team = decision.Team,
        });
    }

    private async Task<RouteDecision> ForCallAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        if (await colleagues.ByEndpointAsync(request.Endpoint, cancellationToken) is { } person)
            return await FromPersonAsync(request, person, cancellationToken);

        // A phone whose session has just ended, or one that nobody here knows: not from the network, whatever it dials.
        if (PhoneNames.IsPhone(request.Endpoint) || request.Arguments.GetValueOrDefault("kind") == "phone")
            return new RefuseCall(CallDirection.Outbound, CallParty.Unknown, CallParty.Unknown, EndReasons.NotAllowed);

        return await FromNetworkAsync(request, cancellationToken);
    }

    private async Task<RouteDecision> FromPersonAsync(RouteRequest request, Colleague caller, CancellationToken cancellationToken)
    {
        if (request.Dialled == VoicemailNames.GreetingExtension)
            return greetings.TakeGreetingOf(caller);

        var journey = new Journey(request.CallId, CallDirection.Internal, caller.AsParty(), [.. Journey.MarksOf(caller.AsParty())])
        {
            Trail = request.Trail,
            MayLeaveMessage = true,
        };
        if (request.Unanswered is { } reason)
            return await people.AfterAsync(journey, reason, cancellationToken);

        var destination = await destinations.ReadDialledAsync(request.Dialled, caller, cancellationToken);
        return await GoAsync(journey, caller, destination, showsOwnNumber: true, cancellationToken);
    }

    private async Task<RouteDecision> FromNetworkAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        var region = dialing.Value.DefaultRegion;
        var caller = new CallParty(null, numbers.ReadOrNull(request.CallerNumber, region)?.E164, Shown(request.CallerName));
        var journey = new Journey(request.CallId, CallDirection.Inbound, caller, [.. Journey.MarksOf(caller)])
        {
            Trail = request.Trail,
            MayLeaveMessage = true,
        };
        if (request.Unanswered is { } reason)
            return await people.AfterAsync(journey, reason, cancellationToken);

        if (numbers.ReadOrNull(request.Dialled, region) is not { } number)
            return journey.Refuse(CallParty.Unknown, EndReasons.InvalidNumber);

        return await colleagues.ByNumberAsync(number, cancellationToken) is { } person ? await people.ToAsync(journey, person, cancellationToken)
            : await teams.ByNumberAsync(number, cancellationToken) is { } team ? await people.ToTeamAsync(journey, team, cancellationToken)
            : journey.Refuse(new CallParty(null, number.E164, null), EndReasons.InvalidNumber);
    }

    // Somebody in a call wants somebody rung. It is their call to that one, by the same rules as dialling.
    private async Task<RouteDecision> ForPersonInCallAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        if (request.ByUserId is null || await colleagues.ByIdAsync(request.ByUserId, cancellationToken) is not { Disabled: false } by)
            return new RefuseCall(CallDirection.Internal, request.Waiting ?? CallParty.Unknown, CallParty.Unknown, EndReasons.NotAllowed);

        // Whom the one who answers will talk to: who waits, or who asks.
        var shown = request.Purpose is RoutePurpose.Transfer or RoutePurpose.Recall or RoutePurpose.Reconnect ? request.Waiting ?? by.AsParty() : by.AsParty();
        var journey = new Journey(
            request.CallId, CallDirection.Internal, shown, [.. Journey.MarksOf(by.AsParty()), .. Journey.MarksOf(request.Waiting)])
        {
            Trail = request.Trail,
        };
        if (request.Purpose == RoutePurpose.Recall)
            return await people.BackToAsync(journey, by, cancellationToken);

        if (request.Purpose == RoutePurpose.Reconnect)
            return await people.BackOnAsync(journey, by, request.Dialled, cancellationToken);

        if (request.Unanswered is { } reason)
            return await people.AfterAsync(journey, reason, cancellationToken);

        var destination = request.Purpose == RoutePurpose.Transfer
            ? await destinations.ReadTransferAsync(request.Dialled, by, cancellationToken)
            : await destinations.ReadTypedAsync(request.Dialled, by, cancellationToken);
        return await GoAsync(journey, by, destination, showsOwnNumber: false, cancellationToken);
    }

    private async Task<RouteDecision> GoAsync(
        Journey journey, Colleague by, Destination destination, bool showsOwnNumber, CancellationToken cancellationToken)
    {
        switch (destination)
        {
            case Destination.ToPerson { Person: var person }:
                return await people.ToAsync(journey, person, cancellationToken);
            case Destination.ToTeam { Team: var team }:
                return await people.ToTeamAsync(journey, team, cancellationToken);
            case Destination.ToPlace { Place: var place }:
                return new HandBack(journey.Direction, journey.Caller, new CallParty(null, null, place.Name), place.ToDialplan());
        }

        var outward = journey with { Direction = CallDirection.Outbound };
        switch (destination)
        {
            case Destination.ToNumber { Number: var number }:
                var callee = new CallParty(null, number.E164, null);
                if (network.ShownFor(by) is not { } shown || journey.Present.Contains(number.E164))
                    return outward.Refuse(callee, EndReasons.NotAllowed);

                return network.Ring(
                    showsOwnNumber ? outward with { Caller = journey.Caller with { Number = shown } } : outward, shown, number, callee);

            // The page has said so before the call was tried: a telephone without a known place must not reach the wrong rescuers.
            case Destination.ToEmergency { Digits: var digits }:
                return outward.Refuse(new CallParty(null, digits, null), EndReasons.NotAllowed);

            default:
                return outward.Refuse(CallParty.Unknown, EndReasons.InvalidNumber);
        }
    }

    // What the network sends as a name is anybody's text: short, and nothing but letters that can be seen.
    private static string? Shown(string name)
    {
        var seen = new string([.. name.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))
            .Take(LongestName)]).Trim();
        return seen.Length == 0 ? null : seen;
    }
}
