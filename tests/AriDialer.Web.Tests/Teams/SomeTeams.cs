using AriDialer.Web.Data;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Teams;

/// <summary>Teams for tests.</summary>
internal static class SomeTeams
{
    public const string Number = "+12025550110";

    /// <summary>Makes a team called Sales.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> AddTeamAsync(this TestApp app, params string[] userIds)
    {
        var team = new Team { Id = Team.NewId(), Name = "Sales", Number = Number };
        team.Members.AddRange(userIds.Select(userId => new TeamMember { TeamId = team.Id, UserId = userId }));
        await app.WithDatabaseAsync(database =>
        {
            database.Teams.Add(team);
            return database.SaveChangesAsync();
        });
        return team.Id;
    }
}
