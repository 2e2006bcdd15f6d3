using System.Collections.Immutable;
using AriDialer.Calls.Routing;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Voicemail;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Dialing;

/// <summary>
/// The way to people of ours. To one by their own rules: their phones, or whom they send their calls to, or their mailbox. To a
/// team: all of it at once. A call is never sent to where it has been; where no way is left, it ends.
/// </summary>
internal sealed partial class PersonRoutes(
    Colleagues colleagues,
    TeamBook teams,
    TeamPhones teamPhones,
    CallRules rules,
    NetworkRoutes network,
    TelephoneNumbers numbers,
    Greetings greetings,
    CallDirectory calls,
    IOptions<DialingOptions> dialing)
{
    private static readonly TimeSpan ToComeBack = TimeSpan.FromSeconds(8);

    /// <summary>Where a call for this person goes.</summary>
    public async Task<RouteDecision> ToAsync(Journey journey, Colleague person, CancellationToken cancellationToken)
    {
        if (journey.Present.Contains(person.UserId))
            return journey.Refuse(person.AsParty(), EndReasons.NotAllowed);

        var here = journey.To(person.UserId);
        var wishes = await rules.OfAsync(person.UserId, cancellationToken);
        if (person.Disabled)
            return here.Refuse(person.AsParty(), EndReasons.Unavailable);

        // Who sends every call on is not disturbed by them, so this comes first.
        if (wishes.Always.To != ForwardTo.Off)
            return await OnwardAsync(here, person.AsParty(), wishes.Always, EndReasons.Unavailable, cancellationToken);

        // Without a rule for it, a call to somebody who talks rings: they may put the first one on hold.
        if (person.DoNotDisturb || wishes.WhenBusy.To != ForwardTo.Off && calls.Talks(person.UserId, journey.CallId))
            return await OnwardAsync(here, person.AsParty(), wishes.WhenBusy, EndReasons.Busy, cancellationToken);

        var phones = await colleagues.PhonesOfAsync(person.UserId, cancellationToken);
        if (phones.Count == 0)
            return await OnwardAsync(here, person.AsParty(), wishes.WhenUnanswered, EndReasons.Unavailable, cancellationToken);

        return Ring(here, person, phones, wishes) with
        {
            AskAgain = await MayFollowAsync(here, [wishes.WhenBusy, wishes.WhenUnanswered], cancellationToken),
            Trail = here.Trail,
        };
    }

    /// <summary>A person's own phones and nothing else.</summary>
    public async Task<RouteDecision> BackToAsync(Journey journey, Colleague person, CancellationToken cancellationToken)
    {
        var phones = await colleagues.PhonesOfAsync(person.UserId, cancellationToken);
        return phones.Count == 0
            ? journey.Refuse(person.AsParty(), EndReasons.Unavailable)
            : Ring(journey, person, phones, await rules.OfAsync(person.UserId, cancellationToken));
    }

    /// <summary>One of a person's own phones, which answers by itself: its page asked for this.</summary>
    public async Task<RouteDecision> BackOnAsync(Journey journey, Colleague person, string endpoint, CancellationToken cancellationToken)
    {
        var phones = await colleagues.PhonesOfAsync(person.UserId, cancellationToken);
        return phones.Contains(endpoint)
            ? Ring(journey, person, [endpoint], new CallSettings { UserId = person.UserId }) with { RingFor = ToComeBack }
            : journey.Refuse(person.AsParty(), EndReasons.Unavailable);
    }

    private RingTargets Ring(Journey journey, Colleague person, IReadOnlyList<string> phones, CallSettings wishes)
    {
        ImmutableArray<DialTarget> targets =
            [.. phones.Select(endpoint => new DialTarget($"PJSIP/{endpoint}", journey.Caller.Number ?? "", journey.Caller.Name ?? "", person.UserId))];
        var ringFor = wishes.RingSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : dialing.Value.RingFor;
        return new RingTargets(journey.Direction, journey.Caller, person.AsParty(), targets, ringFor) { Team = journey.Team };
    }
}
