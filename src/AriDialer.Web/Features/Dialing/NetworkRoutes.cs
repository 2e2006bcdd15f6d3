using AriDialer.Calls.Routing;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Dialing;

/// <summary>The way out to the telephone network.</summary>
internal sealed class NetworkRoutes(IOptions<DialingOptions> dialing, IOptions<TrunkOptions> trunk)
{
    /// <summary>The number that the network may be shown for a person: theirs, or the house's. Never one that is not ours.</summary>
    public string? ShownFor(Colleague person) => ShownFor(person.Number);

    /// <summary>The same for a person or a team with this number of their own, or none.</summary>
    public string? ShownFor(string? own) =>
        own ?? (string.IsNullOrEmpty(trunk.Value.CallerNumber) ? null : trunk.Value.CallerNumber);

    /// <summary>Rings a number outside.</summary>
    /// <param name="journey">The call.</param>
    /// <param name="shown">The number of ours to show there.</param>
    /// <param name="number">Where to.</param>
    /// <param name="callee">Who is called.</param>
    public RingTargets Ring(Journey journey, string shown, TelephoneNumber number, CallParty callee)
    {
        var name = journey.Caller.Name ?? journey.Caller.Number ?? "";
        return new RingTargets(
            journey.Direction, journey.Caller, callee, [new DialTarget(trunk.Value.DialStringFor(number), shown, name, null)], dialing.Value.RingFor)
        {
            Team = journey.Team,
        };
    }
}
