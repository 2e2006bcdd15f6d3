using AriDialer.Web.Features.Phones;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Dialing;

/// <summary>Where a text leads.</summary>
internal abstract record Destination
{
    internal sealed record ToPerson(Colleague Person) : Destination;

    internal sealed record ToTeam(RingGroup Team) : Destination;

    internal sealed record ToNumber(TelephoneNumber Number) : Destination;

    internal sealed record ToPlace(NamedPlace Place) : Destination;

    internal sealed record ToEmergency(string Digits) : Destination;

    internal sealed record ToNobody : Destination;
}

/// <summary>Reads where somebody wants to go. The text is anybody's; what comes out of it is ours.</summary>
internal sealed class Destinations(
    Colleagues colleagues, TeamBook teams, TelephoneNumbers numbers, DialplanPlaces places, IOptions<DialingOptions> dialing)
{
    /// <summary>What a phone dialled.</summary>
    public async Task<Destination> ReadDialledAsync(string dialled, Colleague caller, CancellationToken cancellationToken)
    {
        if (PhoneNames.PersonOf(dialled) is { } userId)
        {
            return await colleagues.ByIdAsync(userId, cancellationToken) is { } named
                ? new Destination.ToPerson(named)
                : new Destination.ToNobody();
        }

        if (await teams.ByMarkAsync(dialled, cancellationToken) is { } meant)
            return new Destination.ToTeam(meant);

        switch (numbers.Read(dialled, caller.Region ?? dialing.Value.DefaultRegion))
        {
            case ReadNumber { Number: var number }:
                return await colleagues.ByNumberAsync(number, cancellationToken) is { } colleague ? new Destination.ToPerson(colleague)
                    : await teams.ByNumberAsync(number, cancellationToken) is { } team ? new Destination.ToTeam(team)
                    : new Destination.ToNumber(number);
            case EmergencyNumber emergency:
                return new Destination.ToEmergency(emergency.Digits);
            default:
                return new Destination.ToNobody();
        }
    }

    /// <summary>What a person in a call typed: besides what can be dialled, a colleague's name or a team's.</summary>
    public async Task<Destination> ReadTypedAsync(string typed, Colleague by, CancellationToken cancellationToken)
    {
        var dialled = await ReadDialledAsync(typed.Trim(), by, cancellationToken);
        if (dialled is not Destination.ToNobody || typed.Length > NumberText.LongestText)
            return dialled;

        // Of two who could be meant, neither is: the page lets one choose. A whole name means its own before longer ones.
        var name = NumberText.Clean(typed);
        (string Name, Destination To)[] named =
        [
            .. (await colleagues.NamedAsync(name, by.UserId, cancellationToken)).Select(person => (person.Name, (Destination)new Destination.ToPerson(person))),
            .. (await teams.NamedAsync(name, cancellationToken)).Select(team => (team.Name, (Destination)new Destination.ToTeam(team))),
        ];
        var whole = Array.FindAll(named, one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));
        return (whole, named) switch { ([var one], _) => one.To, ([], [var one]) => one.To, _ => dialled };
    }

    /// <summary>What a person typed as the target of a transfer: also a place of the dialplan.</summary>
    public async Task<Destination> ReadTransferAsync(string typed, Colleague by, CancellationToken cancellationToken) =>
        places.Find(typed) is { } place ? new Destination.ToPlace(place) : await ReadTypedAsync(typed, by, cancellationToken);
}
