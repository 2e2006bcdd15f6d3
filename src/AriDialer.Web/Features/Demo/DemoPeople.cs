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

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
            return;

        RefuseBeyondLoopback();
        var chosen = configuration["ARIDIALER_DEMO_PASSWORD"];
        var password = string.IsNullOrEmpty(chosen) ? Secrets.Text(14) : chosen;
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        foreach (var person in People)
        {
            await SeedAsync(users, person, password);
        }

        if (string.IsNullOrEmpty(chosen))
        {
            await Console.Out.WriteLineAsync(
                $"Demo: sign in as {string.Join(", ", People.Select(person => Email(person.Name)))} with the password {password}");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Email(string name) => $"{name}@example.com";

    private static async Task SeedAsync(
        UserManager<AppUser> users, (string Name, string Display, string Role, string? Number) person, string password)
    {
        if (await users.FindByEmailAsync(Email(person.Name)) is { } known)
        {
            if (!await users.CheckPasswordAsync(known, password))
                (await users.ResetPasswordAsync(known, await users.GeneratePasswordResetTokenAsync(known), password)).OrThrow("The demo's password");

            return;
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
