using AriDialer.Web.Data;
using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.People;
using AriDialer.Web.Features.Phones;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Teams;

/// <summary>What an administrator does to teams: each act is written down, and takes effect with the next call.</summary>
internal sealed class TeamDesk(IDbContextFactory<AppDbContext> databases, TeamText words, Names names, PhonePushes phones, AuditLog audit)
{
    /// <summary>All teams with their members.</summary>
    public async Task<IReadOnlyList<Team>> AllAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var teams = await database.Teams.AsNoTracking().Include(team => team.Members).ThenInclude(member => member.User).ToListAsync(cancellationToken);
        return [.. teams.OrderBy(team => team.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>A team with its members; null where it is gone.</summary>
    public async Task<Team?> FindAsync(string teamId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Teams.AsNoTracking().Include(team => team.Members).SingleOrDefaultAsync(team => team.Id == teamId, cancellationToken);
    }

    /// <summary>The teams that a person is in.</summary>
    public async Task<IReadOnlyList<Team>> OfPersonAsync(string userId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Teams.AsNoTracking().Where(team => team.Members.Any(member => member.UserId == userId))
            .OrderBy(team => team.Name).ToListAsync(cancellationToken);
    }

    /// <summary>How many recording rules and watched words are for a team alone: they go with it.</summary>
    public async Task<(int Rules, int Keywords)> BelongingsOfAsync(string teamId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return (
            await database.RecordingRules.CountAsync(rule => rule.TeamId == teamId, cancellationToken),
            await database.Keywords.CountAsync(keyword => keyword.TeamId == teamId, cancellationToken));
    }

    public async Task AddAsync(TeamReading reading, string actorId)
    {
        await using var database = await databases.CreateDbContextAsync();
        var team = new Team { Id = Team.NewId(), Name = reading.Name };
        reading.ApplyTo(team);
        database.Teams.Add(team);
        await database.SaveChangesAsync();
        Tell();
        await audit.WriteAsync(actorId, AuditActions.TeamAdded, team.Id, await DescribeAsync(database, team));
    }

    /// <returns>False where the team is gone.</returns>
    public async Task<bool> ChangeAsync(string teamId, TeamReading reading, string actorId)
    {
        await using var database = await databases.CreateDbContextAsync();
        if (await database.Teams.Include(one => one.Members).SingleOrDefaultAsync(one => one.Id == teamId) is not { } team)
            return false;

        var before = await DescribeAsync(database, team);
        reading.ApplyTo(team);
        await database.SaveChangesAsync();
        Tell();
        await audit.WriteAsync(actorId, AuditActions.TeamChanged, team.Id, $"{await DescribeAsync(database, team)} (before: {before})");
        return true;
    }

    /// <summary>Deletes a team, if it is there, with the recording rules and the watched words that are for it. Its calls keep its name.</summary>
    public async Task DeleteAsync(string teamId, string actorId)
    {
        await using var database = await databases.CreateDbContextAsync();
        if (await database.Teams.Include(one => one.Members).SingleOrDefaultAsync(one => one.Id == teamId) is not { } team)
            return;

        var what = await DescribeAsync(database, team);
        await using var transaction = await database.Database.BeginTransactionAsync();
        database.Teams.Remove(team);
        await database.SaveChangesAsync();
        await database.Calls.Where(call => call.TeamId == teamId).ExecuteUpdateAsync(calls => calls.SetProperty(call => call.TeamId, (string?)null));
        await transaction.CommitAsync();
        Tell();
        await audit.WriteAsync(actorId, AuditActions.TeamDeleted, team.Id, what);
    }

    // What is kept in memory, and what the dialplan knows, follows.
    private void Tell()
    {
        names.ForgetTeams();
        phones.RoundIsDue();
    }

    private async Task<string> DescribeAsync(AppDbContext database, Team team)
    {
        var people = await database.Users.ToDictionaryAsync(user => user.Id, user => user.DisplayName);
        return words.Of(team, people.GetValueOrDefault);
    }
}
