using AriDialer.Calls.Routing;
using AriDialer.Web.Data;

namespace AriDialer.Web.Features.Dialing;

// Where a call goes that was sent on, or that nobody took: to somebody else, or to a mailbox.
internal sealed partial class PersonRoutes
{
    /// <summary>Where a call goes on that nobody took.</summary>
    public async Task<RouteDecision> AfterAsync(Journey journey, string reason, CancellationToken cancellationToken)
    {
        journey = await RememberingTeamAsync(journey, cancellationToken);

        // Of a number outside only the one who sent the call there has rules.
        if (journey.Hosts.FirstOrDefault() is not { } mark)
            return journey.Refuse(CallParty.Unknown, reason);

        if (await teams.ByMarkAsync(mark, cancellationToken) is { } team)
        {
            return reason == EndReasons.Cancelled
                ? journey.Refuse(team.AsParty(), reason)
                : await OnwardAsync(journey, team.AsParty(), team.WhenUnanswered, reason, cancellationToken);
        }

        if (await colleagues.ByIdAsync(mark, cancellationToken) is not { } person)
            return journey.Refuse(CallParty.Unknown, reason);

        if (reason == EndReasons.Cancelled)
            return journey.Refuse(person.AsParty(), reason);

        var wishes = await rules.OfAsync(person.UserId, cancellationToken);
        var forward = reason is EndReasons.Busy or EndReasons.Rejected ? wishes.WhenBusy : wishes.WhenUnanswered;
        return await OnwardAsync(journey, person.AsParty(), forward, reason, cancellationToken);
    }

    private async Task<RouteDecision> OnwardAsync(
        Journey journey, CallParty sender, CallForward forward, string reason, CancellationToken cancellationToken)
    {
        if (journey.MayGoOn && await ForwardAsync(journey, sender, forward, cancellationToken) is { } onward)
            return onward;

        // The last one whom the caller was sent to takes the message, else who sent them there.
        foreach (var host in journey.MayLeaveMessage ? journey.Hosts : [])
        {
            if (await MailboxOfAsync(host, cancellationToken) is var (owner, wishes))
                return await greetings.TakeMessageForAsync(
                    journey, owner, wishes, isOnPhone: reason == EndReasons.Busy && !owner.DoNotDisturb, cancellationToken);
        }

        return journey.Refuse(sender, reason);
    }

    private async Task<RouteDecision?> ForwardAsync(Journey journey, CallParty sender, CallForward forward, CancellationToken cancellationToken)
    {
        if (forward is { To: ForwardTo.Colleague, UserId: { } userId })
        {
            return !journey.HasBeenTo(userId) && await colleagues.ByIdAsync(userId, cancellationToken) is { Disabled: false } colleague
                ? await ToAsync(journey, colleague, cancellationToken)
                : null;
        }

        if (forward.To != ForwardTo.Number || numbers.ReadOrNull(forward.Number, dialing.Value.DefaultRegion) is not { } number)
            return null;

        if (await colleagues.ByNumberAsync(number, cancellationToken) is { Disabled: false } owner)
            return journey.HasBeenTo(owner.UserId) ? null : await ToAsync(journey, owner, cancellationToken);

        if (await teams.ByNumberAsync(number, cancellationToken) is { } team)
            return journey.HasBeenTo(team.Mark) ? null : await ToTeamAsync(journey, team, cancellationToken);

        if (journey.HasBeenTo(number.E164) || network.ShownFor(sender.Number) is not { } shown)
            return null;

        var there = journey.To(number.E164);
        // A person is reached at that number too. Whoever is there is not the team.
        var callee = sender.TeamId is null ? sender with { Number = number.E164 } : new CallParty(null, number.E164, null);
        return network.Ring(there, shown, number, callee) with
        {
            AskAgain = await MayFollowAsync(there, await ForwardsAfterAsync(sender, cancellationToken), cancellationToken),
            Trail = there.Trail,
        };
    }

    // What may be asked for once nobody has taken it where this one sent the call.
    private async Task<CallForward[]> ForwardsAfterAsync(CallParty sender, CancellationToken cancellationToken)
    {
        // A team has one wish for all that can go wrong, and that one was just tried.
        if (sender.UserId is not { } userId)
            return [];

        var wishes = await rules.OfAsync(userId, cancellationToken);
        return [wishes.WhenBusy, wishes.WhenUnanswered];
    }

    private async Task<bool> MayFollowAsync(Journey journey, CallForward[] forwards, CancellationToken cancellationToken)
    {
        if (journey.MayGoOn && forwards.Any(forward => forward.Rings))
            return true;

        foreach (var host in journey.MayLeaveMessage ? journey.Hosts : [])
        {
            if (await MailboxOfAsync(host, cancellationToken) is not null)
                return true;
        }

        return false;
    }

    /// <summary>Whose mailbox takes what is said to a person or a team, and their rules; null where there is none.</summary>
    private async Task<(Colleague Owner, CallSettings Wishes)?> MailboxOfAsync(string mark, CancellationToken cancellationToken)
    {
        var userId = mark;
        if (await teams.ByMarkAsync(mark, cancellationToken) is { } team)
            userId = team.WhenUnanswered.To == ForwardTo.Voicemail ? team.WhenUnanswered.UserId : null;
        if (userId is null || await colleagues.ByIdAsync(userId, cancellationToken) is not { Disabled: false } owner)
            return null;

        var wishes = await rules.OfAsync(userId, cancellationToken);
        return wishes.Voicemail ? (owner, wishes) : null;
    }
}
