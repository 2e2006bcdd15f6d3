using AriDialer.Calls.Routing;

namespace AriDialer.Web.Features.Dialing;

// The way to all of a team at once.
internal sealed partial class PersonRoutes
{
    /// <summary>Where a call for this team goes: the first of its people to answer has it.</summary>
    public async Task<RouteDecision> ToTeamAsync(Journey journey, RingGroup team, CancellationToken cancellationToken)
    {
        var here = journey.To(team);
        var targets = await teamPhones.OfAsync(here, team, cancellationToken);
        if (targets.IsEmpty)
            return await OnwardAsync(here, team.AsParty(), team.WhenUnanswered, EndReasons.Unavailable, cancellationToken);

        return new RingTargets(here.Direction, here.Caller, team.AsParty(), targets, dialing.Value.RingFor)
        {
            Team = here.Team,
            AskAgain = await MayFollowAsync(here, [team.WhenUnanswered], cancellationToken),
            Trail = here.Trail,
        };
    }

    // A call that comes back knows its trail alone.
    private async Task<Journey> RememberingTeamAsync(Journey journey, CancellationToken cancellationToken)
    {
        foreach (var host in journey.Hosts)
        {
            if (await teams.ByMarkAsync(host, cancellationToken) is { } team)
                return journey with { Team = team.AsParty() };
        }

        return journey;
    }
}
