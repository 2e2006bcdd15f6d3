using System.Collections.Concurrent;
using AriDialer.Web.Data;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Account;

/// <summary>
/// The sign-ins that were signed out: a copy of their cookie opens nothing more. They are kept in memory for the look at each request,
/// and in the database over a restart.
/// </summary>
internal sealed class EndedSignIns(IDbContextFactory<AppDbContext> databases, TimeProvider time) : IHostedService, IDisposable
{
    // Longer than any cookie lasts, whatever Account:SignInLasts was when it was made.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(31);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _forgetAt = new();
    private readonly SemaphoreSlim _one = new(1);

    public bool Has(string signInId) => _forgetAt.ContainsKey(signInId);

    /// <summary>Ends a sign-in for good. What no cookie can be left of is forgotten on the way.</summary>
    public async Task AddAsync(string signInId)
    {
        // Two tabs may sign out at once.
        await _one.WaitAsync();
        try
        {
            // At once, also where the database cannot be written just now and this is to be tried again.
            var now = time.GetUtcNow();
            _forgetAt[signInId] = now + Kept;
            await using var database = await databases.CreateDbContextAsync();
            await database.EndedSignIns.Where(ended => ended.ForgetAt <= now).ExecuteDeleteAsync();
            if (!await database.EndedSignIns.AnyAsync(ended => ended.SignInId == signInId))
            {
                database.EndedSignIns.Add(new EndedSignIn { SignInId = signInId, ForgetAt = now + Kept });
                await database.SaveChangesAsync();
            }

            foreach (var (old, _) in _forgetAt.Where(ended => ended.Value <= now))
            {
                _forgetAt.TryRemove(old, out var _);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The cookie's check at each request: of a sign-in that was ended it is none, and the framework's own check follows.</summary>
    public static Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var ended = context.HttpContext.RequestServices.GetRequiredService<EndedSignIns>();
        if (context.Principal?.FindFirst(SignedInPerson.SignInIdClaim) is not { } signIn || !ended.Has(signIn.Value))
            return SecurityStampValidator.ValidatePrincipalAsync(context);

        context.RejectPrincipal();
        return Task.CompletedTask;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var ended in await database.EndedSignIns.AsNoTracking().Where(ended => ended.ForgetAt > now).ToListAsync(cancellationToken))
        {
            _forgetAt[ended.SignInId] = ended.ForgetAt;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _one.Dispose();
}
