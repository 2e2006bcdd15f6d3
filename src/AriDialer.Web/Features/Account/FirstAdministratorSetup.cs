using AriDialer.Web.Data;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Account;

/// <summary>Makes the roles, and the first administrator: from the environment, or through a link printed once on standard output.</summary>
internal sealed class FirstAdministratorSetup(
    IServiceProvider services, IConfiguration configuration, IServer server, FirstAdministratorLink link) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>();
        foreach (var role in Roles.All)
        {
            if (!await roles.RoleExistsAsync(role))
                (await roles.CreateAsync(new IdentityRole(role))).OrThrow();
        }

        var email = configuration["ARIDIALER_ADMIN_EMAIL"];
        var password = configuration["ARIDIALER_ADMIN_PASSWORD"];
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        if (string.IsNullOrEmpty(email) || string.IsNullOrEmpty(password) || await users.Users.AnyAsync(cancellationToken))
            return;

        var administrator = new AppUser { UserName = email, Email = email, EmailConfirmed = true, DisplayName = "Administrator" };
        (await users.CreateAsync(administrator, password)).OrThrow("ARIDIALER_ADMIN_EMAIL and ARIDIALER_ADMIN_PASSWORD");
        (await users.AddToRoleAsync(administrator, Roles.Administrator)).OrThrow();
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().Users.AnyAsync(cancellationToken))
            return;

        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        // Standard output and not the log: logs are kept and passed on, and this line is a key.
        await Console.Out.WriteLineAsync(
            $"Create the first administrator here (once): {address.TrimEnd('/')}/account/first?token={link.Open()}");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
