using AriDialer.Web.Data;
using AriDialer.Web.Features.Phones;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Dialing;

/// <summary>A team of ours, as far as calling it needs it. Its members are those who are not disabled.</summary>
internal sealed record RingGroup(string TeamId, string Name, string? Number, CallForward WhenUnanswered, IReadOnlyList<Colleague> Members)
{
    /// <summary>What marks the team on a call's way; it cannot be taken for a person or a number.</summary>
    public string Mark => PhoneNames.DialForTeam(TeamId);

    public CallParty AsParty() => new(null, Number, Name) { TeamId = TeamId };
}

/// <summary>Finds the teams that can be called.</summary>
internal sealed class TeamBook(IDbContextFactory<AppDbContext> databases)
{
    public Task<RingGroup?> ByIdAsync(string teamId, CancellationToken cancellationToken) =>
        FirstAsync(teams => teams.Where(team => team.Id == teamId), cancellationToken);

    public Task<RingGroup?> ByNumberAsync(TelephoneNumber number, CancellationToken cancellationToken) =>
        FirstAsync(teams => teams.Where(team => team.Number == number.E164), cancellationToken);

    /// <summary>The team that a text means which a page sent or a call's way holds; null where it is none.</summary>
    public async Task<RingGroup?> ByMarkAsync(string mark, CancellationToken cancellationToken) =>
        PhoneNames.TeamOf(mark) is { } teamId ? await ByIdAsync(teamId, cancellationToken) : null;

    /// <summary>The teams whose name holds each word of the text at a word's beginning, or whose number holds its digits.</summary>
    public async Task<IReadOnlyList<RingGroup>> SearchAsync(string text, int most, CancellationToken cancellationToken)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        if (words.Length == 0)
            return [];

        return [.. (await AllAsync(cancellationToken))
            .Where(team => Colleagues.IsNamed(team.Name, words) || digits.Length >= 3 && team.Number?.Contains(digits, StringComparison.Ordinal) == true)
            .OrderBy(team => team.Name, StringComparer.OrdinalIgnoreCase)
            .Take(most)];
    }

    /// <summary>Those whose names begin with each word of the text.</summary>
    public async Task<IReadOnlyList<RingGroup>> NamedAsync(string text, CancellationToken cancellationToken)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? [] : (await AllAsync(cancellationToken)).FindAll(team => Colleagues.IsNamed(team.Name, words));
    }

    /// <summary>Who is rung by the teams' numbers, for the time when AriDialer is away.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyCollection<string>>> MembersByNumberAsync(CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken)).Where(team => team.Number is not null)
            .ToDictionary(team => team.Number!, IReadOnlyCollection<string> (team) => [.. team.Members.Select(person => person.UserId)]);

    private async Task<List<RingGroup>> AllAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return [.. (await Whole(database.Teams).ToListAsync(cancellationToken)).Select(Read)];
    }

    private async Task<RingGroup?> FirstAsync(Func<IQueryable<Team>, IQueryable<Team>> which, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Whole(which(database.Teams)).FirstOrDefaultAsync(cancellationToken) is { } team ? Read(team) : null;
    }

    private static IQueryable<Team> Whole(IQueryable<Team> teams) => teams.AsNoTracking().Include(team => team.Members).ThenInclude(member => member.User);

    private static RingGroup Read(Team team) => new(
        team.Id, team.Name, team.Number, team.WhenUnanswered,
        [.. team.Members.Select(member => member.User!).Where(user => !user.Disabled)
            .OrderBy(user => user.DisplayName, StringComparer.OrdinalIgnoreCase).Select(Colleague.Of)]);
}
