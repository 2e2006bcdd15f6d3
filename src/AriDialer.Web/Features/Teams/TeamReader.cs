using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Teams;

/// <summary>Makes of the form of a team what is stored, or says beside the field what is wrong.</summary>
internal sealed class TeamReader(
    IDbContextFactory<AppDbContext> databases,
    TelephoneNumbers numbers,
    DialplanPlaces places,
    NetworkRoutes network,
    CallRules rules,
    IOptions<DialingOptions> dialing)
{
    /// <param name="input">What was typed.</param>
    /// <param name="teamId">The team that is changed; null for a new one.</param>
    /// <param name="modelState">Where the sentences go.</param>
    /// <param name="cancellationToken">Cancelled when the page has gone.</param>
    /// <returns>Null where something is wrong.</returns>
    public async Task<TeamReading?> ReadAsync(TeamInput input, string? teamId, ModelStateDictionary modelState, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var name = input.Name.Trim();
        Check(nameof(input.Name), await WhyNotNameAsync(database, name, teamId, cancellationToken));
        var (number, problem) = await ReadNumberAsync(database, input.Number, teamId, cancellationToken);
        Check(nameof(input.Number), problem);
        var people = await database.Users.ToDictionaryAsync(user => user.Id, cancellationToken);
        var members = input.Members.Distinct().ToList();
        Check(nameof(input.Members), members.TrueForAll(people.ContainsKey) ? null : "Choose people of the list.");
        var (unanswered, field, sentence) = await ReadUnansweredAsync(input, number, members, people, cancellationToken);
        Check(field, sentence);
        return modelState.IsValid ? new TeamReading(name, number, members, unanswered) : null;

        void Check(string field, string? sentence)
        {
            if (sentence is not null)
                modelState.AddModelError($"Input.{field}", sentence);
        }
    }

    private async Task<string?> WhyNotNameAsync(AppDbContext database, string name, string? teamId, CancellationToken cancellationToken)
    {
        if (!name.Any(char.IsLetter) || NumberText.IsVanity(name))
            return "A team is called by its name: it needs letters, and cannot look like a telephone number.";
        if (places.Find(name) is not null)
            return "A place of the dialplan is called that already.";

        var others = await database.Teams.Where(team => team.Id != teamId).Select(team => team.Name).ToListAsync(cancellationToken);
        return others.Contains(name, StringComparer.OrdinalIgnoreCase) ? "Another team is called that already." : null;
    }

    private async Task<(string? Number, string? Problem)> ReadNumberAsync(
        AppDbContext database, string? text, string? teamId, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
            return (null, null);

        if (numbers.Read(text, dialing.Value.DefaultRegion) is not ReadNumber { Number.E164: var e164 })
            return (null, WhyNot(text, "An emergency number cannot be a team's."));

        var owner = await database.Users.Where(user => user.Number == e164).Select(user => user.DisplayName).FirstOrDefaultAsync(cancellationToken)
            ?? await database.Teams.Where(team => team.Number == e164 && team.Id != teamId).Select(team => team.Name).FirstOrDefaultAsync(cancellationToken);
        return owner is null ? (e164, null) : (null, $"{owner} has this number already.");
    }

    private async Task<(CallForward Forward, string Field, string? Sentence)> ReadUnansweredAsync(
        TeamInput input, string? number, List<string> members, Dictionary<string, AppUser> people, CancellationToken cancellationToken)
    {
        switch (input.Unanswered)
        {
            case ForwardTo.Number:
                var (forward, sentence) = ReadForward(input.UnansweredNumber, number);
                return (forward, nameof(input.UnansweredNumber), sentence);
            case ForwardTo.Colleague:
                return people.GetValueOrDefault(input.UnansweredColleague ?? "") is { Disabled: false } colleague
                    ? (new CallForward(ForwardTo.Colleague, null, colleague.Id), "", null)
                    : (CallForward.Off, nameof(input.UnansweredColleague), "Choose a colleague of the list.");
            case ForwardTo.Voicemail:
                const string Field = nameof(input.UnansweredMailbox);
                if (people.GetValueOrDefault(input.UnansweredMailbox ?? "") is not { } owner || !members.Contains(owner.Id))
                    return (CallForward.Off, Field, "Choose somebody who is in the team.");

                return (await rules.OfAsync(owner.Id, cancellationToken)).Voicemail
                    ? (new CallForward(ForwardTo.Voicemail, null, owner.Id), "", null)
                    : (CallForward.Off, Field, $"The voicemail of {owner.DisplayName} is off. They can turn it on under Profile, Calls.");
            default:
                return (CallForward.Off, "", null);
        }
    }

    private (CallForward Forward, string? Sentence) ReadForward(string? text, string? own)
    {
        if (string.IsNullOrWhiteSpace(text))
            return (CallForward.Off, "Write the number.");
        if (numbers.Read(text, dialing.Value.DefaultRegion) is not ReadNumber { Number.E164: var e164 })
            return (CallForward.Off, WhyNot(text, "Calls are never sent on to an emergency number."));
        if (e164 == own)
            return (CallForward.Off, "This is the team's own number. Calls for it would go round in circles.");

        return network.ShownFor(own) is null
            ? (CallForward.Off, "The team has no number of its own to show outside. Give it one above.")
            : (new CallForward(ForwardTo.Number, e164, null), null);
    }

    private string WhyNot(string text, string emergency) =>
        numbers.Read(text, dialing.Value.DefaultRegion) is NotANumber no ? no.Sentence : emergency;
}
