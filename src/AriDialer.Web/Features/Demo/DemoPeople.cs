using System.Net;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Demo;

/// <summary>The people of a demonstration. Their password is known to whoever sees the terminal, so it listens on this machine only.</summary>
internal sealed class DemoPeople(IServiceProvider services, IConfiguration configuration, IOptions<DemoOptions> options) : IHostedService
{
    private static readonly (string Name, string Display, string Role, string? Number)[] People =
    [
        ("admin", "Ada Admin", Roles.Administrator, null),
        ("supervisor", "Sam Supervisor", Roles.Supervisor, null),
        ("agent1", "Alice Agent", Roles.Agent, "+12025550101"),
        ("agent2", "Bob Agent", Roles.Agent, "+12025550102"),
    ];

    private const string TeamName = "Sales";
    private const string TeamNumber = "+12025550110";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
            return;

        RefuseBeyondLoopback();
        var chosen = configuration["ARIDIALER_DEMO_PASSWORD"];
        var password = string.IsNullOrEmpty(chosen) ? Secrets.Text(14) : chosen;
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        List<string> newAgents = [];
        foreach (var person in People)
        {
            if (await SeedAsync(users, person, password) is { } added && person.Role == Roles.Agent)
                newAgents.Add(added);
        }

        // Once, with its people: a team that somebody has changed or deleted stays as they left it.
        if (newAgents.Count > 0)
            await SeedTeamAsync(scope.ServiceProvider.GetRequiredService<AppDbContext>(), newAgents, cancellationToken);

        if (string.IsNullOrEmpty(chosen))
        {
            await Console.Out.WriteLineAsync(
                $"Demo: sign in as {string.Join(", ", People.Select(person => Email(person.Name)))} with the password {password}");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Email(string name) => $"{name}@example.com";

    /// <returns>The person's id; null where they are there already.</returns>
    private static async Task<string?> SeedAsync(
        UserManager<AppUser> users, (string Name, string Display, string Role, string? Number) person, string password)
    {
        if (await users.FindByEmailAsync(Email(person.Name)) is { } known)
        {
            if (!await users.CheckPasswordAsync(known, password))
                (await users.ResetPasswordAsync(known, await users.GeneratePasswordResetTokenAsync(known), password)).OrThrow("The demo's password");

            return null;
        }

        var user = new AppUser
        {
            UserName = Email(person.Name),
            Email = Email(person.Name),
            EmailConfirmed = true,
            DisplayName = person.Display,
            Number = person.Number,
        };
        (await users.CreateAsync(user, password)).OrThrow("ARIDIALER_DEMO_PASSWORD");
        (await users.AddToRoleAsync(user, person.Role)).OrThrow();
        return user.Id;
    }

    private static async Task SeedTeamAsync(AppDbContext database, IEnumerable<string> members, CancellationToken cancellationToken)
    {
        var team = new Team { Id = Team.NewId(), Name = TeamName, Number = TeamNumber };
        team.Members.AddRange(members.Select(userId => new TeamMember { TeamId = team.Id, UserId = userId }));
        database.Teams.Add(team);
        await database.SaveChangesAsync(cancellationToken);
    }

    private void RefuseBeyondLoopback()
    {
        foreach (var address in (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var host = BindingAddress.Parse(address).Host;
            if (host != "localhost" && !(IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)))
                throw new InvalidOperationException($"A demo listens on this machine only: {address} is reachable from outside.");
        }
    }
}
