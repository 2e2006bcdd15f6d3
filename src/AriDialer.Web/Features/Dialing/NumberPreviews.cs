using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Features.Security;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Dialing;

internal enum PreviewKind
{
    Empty,
    Number,
    Person,
    Place,
    Emergency,
    Invalid,
}

/// <summary>
/// Somebody who can be called by name: a colleague, a contact, who is no user and of whom nobody knows whether they are there, or a team.
/// </summary>
internal sealed record PersonView(
    string? UserId, string Name, string? Number, string Dial, bool? Online, string? Company = null, TeamView? Team = null);

/// <summary>How many people a team has, and how many of them could take a call now; whoever asks is not counted as free.</summary>
internal sealed record TeamView(int People, int Free);

/// <summary>
/// What a text in the number field means, before anybody is called. Dial is what goes into the SIP address; null where it cannot be
/// called. Name is whose number it is, where somebody's; Team, where it is a team's.
/// </summary>
internal sealed record NumberPreview(
    PreviewKind Kind,
    string? Dial,
    string? E164,
    string? National,
    string? International,
    string? Country,
    string? CountryName,
    string? Name,
    string? Sentence,
    IReadOnlyList<PersonView> People,
    TeamView? Team = null)
{
    public static NumberPreview Bare(PreviewKind kind, string? sentence, IReadOnlyList<PersonView> people) =>
        new(kind, null, null, null, null, null, null, null, sentence, people);
}

/// <summary>Says what a text in the number field means.</summary>
internal sealed class NumberPreviews(
    TelephoneNumbers numbers,
    Colleagues colleagues,
    TeamBook teams,
    TeamPhones teamPhones,
    DialplanPlaces places,
    ContactBook contacts,
    Names names,
    OpenConnections connections,
    IOptions<DialingOptions> dialing)
{
    private const int MostPeople = 8;

    public async Task<NumberPreview> ResolveAsync(string? text, string userId, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
            return NumberPreview.Bare(PreviewKind.Empty, null, []);

        var clean = text.Length > NumberText.LongestText ? text[..NumberText.LongestText] : NumberText.Clean(text);
        if (places.Find(clean) is { } named)
            return PlacePreview(named);

        var me = await colleagues.ByIdAsync(userId, cancellationToken);
        var region = me?.Region ?? dialing.Value.DefaultRegion;
        var people = text.Length > NumberText.LongestText ? [] : await PeopleAsync(clean, userId, region, cancellationToken);
        switch (numbers.Read(text, region))
        {
            case EmergencyNumber emergency:
                return NumberPreview.Bare(PreviewKind.Emergency, emergency.Sentence, people);
            case ReadNumber { Number: var number }:
                return await PreviewAsync(number, userId, people, cancellationToken);
            case NotANumber when people.Count > 0 && !NumberText.IsWrittenAsNumber(clean):
                return NumberPreview.Bare(PreviewKind.Person, null, people) with { Dial = people.Count == 1 ? people[0].Dial : null };
            case NotANumber when clean.Length > 1 && places.Guess(clean) is { } place:
                return PlacePreview(place);
            case NotANumber no:
                var sentence = clean.Length > 0 && clean.All(letter => char.IsLetter(letter) || letter is ' ' or '-' or '\'' or '.')
                    ? "Nobody here is called that. Type another name, or a number."
                    : no.Sentence;
                return NumberPreview.Bare(PreviewKind.Invalid, sentence, people);
            default:
                throw new InvalidOperationException("This kind of reading has no preview.");
        }
    }

    private static NumberPreview PlacePreview(NamedPlace place) =>
        NumberPreview.Bare(PreviewKind.Place, $"{place.Name}: a call can be transferred there, not dialled.", []) with { Dial = place.Dial };

    private async Task<NumberPreview> PreviewAsync(
        TelephoneNumber number, string userId, IReadOnlyList<PersonView> people, CancellationToken cancellationToken)
    {
        var owner = await colleagues.ByNumberAsync(number, cancellationToken);
        if (owner?.UserId == userId)
            return NumberPreview.Bare(PreviewKind.Invalid, "This is your own number.", []);

        return new NumberPreview(
            PreviewKind.Number, number.E164, number.E164, number.National, number.International, number.Region,
            Countries.NameOf(number.Region), await names.NameOfAsync(userId, number.E164), null, people,
            people.FirstOrDefault(one => one.Team is not null && one.Number == number.E164)?.Team);
    }

    private async Task<IReadOnlyList<PersonView>> PeopleAsync(
        string text, string userId, string region, CancellationToken cancellationToken)
    {
        var sought = numbers.Read(text, region) is ReadNumber read ? read.Number.E164 : text;
        var found = await colleagues.SearchAsync(sought, MostPeople + 1, cancellationToken);
        var people = found.Where(person => person.UserId != userId).Select(person => new PersonView(
            person.UserId, person.Name, person.Number, PhoneNames.DialFor(person.UserId), connections.IsOnline(person.UserId)));
        List<PersonView> groups = [];
        foreach (var team in await teams.SearchAsync(sought, MostPeople, cancellationToken))
        {
            var view = new TeamView(team.Members.Count, await teamPhones.FreeAsync(team, userId, cancellationToken));
            groups.Add(new PersonView(null, team.Name, team.Number, team.Mark, null, Team: view));
        }

        var digits = ContactText.Digits(sought);
        var outside =
            from contact in await contacts.SearchAsync(userId, sought, MostPeople, cancellationToken)
            from number in contact.Numbers
            where digits is null || number.E164.Contains(digits, StringComparison.Ordinal)
            select new PersonView(null, contact.Name, number.E164, number.E164, null, contact.Company);
        return [.. groups.Concat(people).Concat(outside).Take(MostPeople)];
    }
}
