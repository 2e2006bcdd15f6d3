using System.Collections.Immutable;
using AriDialer.Calls.Routing;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Features.Security;

namespace AriDialer.Web.Features.Dialing;

/// <summary>
/// Who of a team is rung. Their own "send every call on" does not count: it says where calls for them go, and this one is for the team.
/// Never rung are those who are not to be disturbed, who are in the call already, and who talk and have a rule of their own for that.
/// Who talks without such a rule is rung only where nobody is free: one free person is enough to take the call, but a second call that
/// knocks is better than a caller who is sent away.
/// </summary>
internal sealed class TeamPhones(Colleagues colleagues, CallRules rules, CallDirectory calls, OpenConnections connections)
{
    // What a call's mark (CallMark) takes with room to spare: each phone is a line of it.
    private const int MostPhones = 48;

    /// <summary>What to ring, the first phone of each before the second of any; empty where nobody can be rung.</summary>
    public async Task<ImmutableArray<DialTarget>> OfAsync(Journey journey, RingGroup team, CancellationToken cancellationToken)
    {
        var inCall = calls.Live.FirstOrDefault(call => call.Id == journey.CallId);
        List<(Colleague Person, bool Talks, IReadOnlyList<string> Phones)> ready = [];
        foreach (var person in team.Members.Where(person => !person.DoNotDisturb && !journey.HasIn(person.UserId) && !IsIn(inCall, person)))
        {
            var talks = calls.Talks(person.UserId, journey.CallId);
            if (talks && (await rules.OfAsync(person.UserId, cancellationToken)).WhenBusy.To != ForwardTo.Off)
                continue;

            ready.Add((person, talks, await colleagues.PhonesOfAsync(person.UserId, cancellationToken)));
        }

        // Phones that are registered nowhere are rung along, as for a person; but they are no reason to spare those who talk.
        var isFree = ready.Exists(one => !one.Talks && one.Phones.Any(phone => IsOpen(one.Person, phone)));
        return
        [
            .. ready.Where(one => !isFree || !one.Talks)
                .SelectMany(one => one.Phones.Select((phone, place) => (one.Person, Phone: phone, Place: place)))
                .OrderBy(one => one.Place)
                .Take(MostPhones)
                .Select(one => new DialTarget($"PJSIP/{one.Phone}", journey.Caller.Number ?? "", journey.Caller.Name ?? "", one.Person.UserId)
                {
                    Party = one.Person.AsParty(),
                }),
        ];
    }

    /// <summary>How many of a team could take a call now, seen by somebody who would not ring themselves.</summary>
    public async Task<int> FreeAsync(RingGroup team, string exceptUserId, CancellationToken cancellationToken)
    {
        var ready = team.Members.Where(person => person.UserId != exceptUserId && !person.DoNotDisturb && !calls.Talks(person.UserId, exceptCallId: ""))
            .Select(person => person.UserId).ToArray();
        var desks = await colleagues.WithDeskPhonesAsync(ready, cancellationToken);
        return ready.Count(userId => connections.IsOnline(userId) || desks.Contains(userId));
    }

    private static bool IsIn(CallSnapshot? call, Colleague person) => call?.Legs.Any(leg => leg.State != LegState.Gone && leg.UserId == person.UserId) == true;

    // Of a telephone on a desk only Asterisk knows whether it is there.
    private bool IsOpen(Colleague person, string phone) => PhoneNames.IsDesk(phone) || connections.IsOnline(person.UserId);
}
