using System.Collections.Immutable;
using AriDialer.Calls.Routing;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Voicemail;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Dialing;

/// <summary>
/// The way to a person of ours, by their own rules: their phones, or whom they send their calls to, or their mailbox. A call is
/// never sent to where it has been; where no way is left, it ends.
/// </summary>
internal sealed class PersonRoutes(
    Colleagues colleagues,
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
            return await OnwardAsync(here, person, wishes.Always, EndReasons.Unavailable, cancellationToken);

        // Without a rule for it, a call to somebody who talks rings: they may put the first one on hold.
        if (person.DoNotDisturb || wishes.WhenBusy.To != ForwardTo.Off && Talks(person, journey.CallId))
            return await OnwardAsync(here, person, wishes.WhenBusy, EndReasons.Busy, cancellationToken);

        var phones = await colleagues.PhonesOfAsync(person.UserId, cancellationToken);
        if (phones.Count == 0)
            return await OnwardAsync(here, person, wishes.WhenUnanswered, EndReasons.Unavailable, cancellationToken);

        return Ring(here, person, phones, wishes) with { AskAgain = await MayFollowAsync(here, wishes, cancellationToken), Trail = here.Trail };
    }

    /// <summary>Where a call goes on that nobody took.</summary>
    public async Task<RouteDecision> AfterAsync(Journey journey, string reason, CancellationToken cancellationToken)
    {
        // Of a number outside only the person who sent the call there has rules.
        if (journey.People.FirstOrDefault() is not { } last || await colleagues.ByIdAsync(last, cancellationToken) is not { } person)
            return journey.Refuse(CallParty.Unknown, reason);

        if (reason == EndReasons.Cancelled)
            return journey.Refuse(person.AsParty(), reason);

        var wishes = await rules.OfAsync(person.UserId, cancellationToken);
        var forward = reason is EndReasons.Busy or EndReasons.Rejected ? wishes.WhenBusy : wishes.WhenUnanswered;
        return await OnwardAsync(journey, person, forward, reason, cancellationToken);
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

    private async Task<RouteDecision> OnwardAsync(
        Journey journey, Colleague from, CallForward forward, string reason, CancellationToken cancellationToken)
    {
        if (journey.MayGoOn && await ForwardAsync(journey, from, forward, cancellationToken) is { } onward)
            return onward;

        // The last one whom the caller was sent to takes the message, else who sent them there.
        foreach (var userId in journey.MayLeaveMessage ? journey.People : [])
        {
            var wishes = await rules.OfAsync(userId, cancellationToken);
            if (wishes.Voicemail && await colleagues.ByIdAsync(userId, cancellationToken) is { Disabled: false } owner)
                return greetings.TakeMessageFor(journey, owner, wishes, isOnPhone: reason == EndReasons.Busy && !owner.DoNotDisturb);
        }

        return journey.Refuse(from.AsParty(), reason);
    }

    private async Task<RouteDecision?> ForwardAsync(Journey journey, Colleague from, CallForward forward, CancellationToken cancellationToken)
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

        if (journey.HasBeenTo(number.E164) || network.ShownFor(from) is not { } shown)
            return null;

        var there = journey.To(number.E164);
        var wishes = await rules.OfAsync(from.UserId, cancellationToken);
        return network.Ring(there, shown, number, from.AsParty() with { Number = number.E164 }) with
        {
            AskAgain = await MayFollowAsync(there, wishes, cancellationToken),
            Trail = there.Trail,
        };
    }

    private RingTargets Ring(Journey journey, Colleague person, IReadOnlyList<string> phones, CallSettings wishes)
    {
        ImmutableArray<DialTarget> targets =
            [.. phones.Select(endpoint => new DialTarget($"PJSIP/{endpoint}", journey.Caller.Number ?? "", journey.Caller.Name ?? "", person.UserId))];
        var ringFor = wishes.RingSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : dialing.Value.RingFor;
        return new RingTargets(journey.Direction, journey.Caller, person.AsParty(), targets, ringFor);
    }

    private async Task<bool> MayFollowAsync(Journey journey, CallSettings wishes, CancellationToken cancellationToken)
    {
        if (journey.MayGoOn && (wishes.WhenBusy.Rings || wishes.WhenUnanswered.Rings))
            return true;

        foreach (var userId in journey.MayLeaveMessage ? journey.People : [])
        {
            if ((await rules.OfAsync(userId, cancellationToken)).Voicemail)
                return true;
        }

        return false;
    }

    private bool Talks(Colleague person, string exceptCallId) =>
        calls.Live.Any(call => call.Id != exceptCallId && call.State != CallState.Ending && call.LegOf(person.UserId) is not null);
}
