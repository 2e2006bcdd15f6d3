using System.Linq.Expressions;
using System.Security.Cryptography;
using AriDialer.Ari;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Phones;

/// <summary>A phone that a page may register.</summary>
internal sealed record OpenPhone(string Endpoint, string Password, string DisplayName, string? Number, DateTimeOffset ExpiresAt);

/// <summary>
/// The phones of browser sessions. A row says what Asterisk should have; <see cref="PhonePushes"/> sees to it that Asterisk has it.
/// </summary>
internal sealed class PhoneSessions(
    IDbContextFactory<AppDbContext> databases,
    IDataProtectionProvider protection,
    PhonePushes pushes,
    PhoneConnections connections,
    IOptions<PhoneOptions> options,
    TimeProvider time)
{
    private const int PasswordLength = 40;
    private const int NameLength = 16;

    private readonly IDataProtector _protector = protection.CreateProtector("AriDialer.PhoneSession.Password");

    /// <summary>The sign-in's phone: the same while it lasts, otherwise a new one. Null for a person who may have none.</summary>
    /// <exception cref="AriException">Asterisk cannot be reached; the phone is pushed once it can.</exception>
    public async Task<OpenPhone?> OpenAsync(string userId, string signInId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var user = await database.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId && !u.Disabled, cancellationToken);
        if (user is null)
            return null;

        var now = time.GetUtcNow();
        var session = await FindAsync(database, signInId, cancellationToken);
        if (session is not null && (session.ExpiresAt <= now || Password(session) is null))
        {
            await WithdrawAsync(s => s.Endpoint == session.Endpoint, cancellationToken);
            session = null;
        }

        session = session is null
            ? await AddAsync(database, userId, signInId, now, cancellationToken)
            : await ExtendAsync(database, session, now, cancellationToken);
        var password = Password(session) ?? throw new InvalidOperationException("The phone's password cannot be read.");
        await pushes.PutAsync(new PushedPhone(session.Endpoint, password, user.Id, user.Number, user.DisplayName), cancellationToken);
        return new OpenPhone(session.Endpoint, password, user.DisplayName, user.Number, session.ExpiresAt);
    }

    /// <summary>The endpoint of a sign-in's phone; null where it has none that may be used.</summary>
    public async Task<string?> EndpointOfAsync(string signInId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        return await database.PhoneSessions
            .Where(s => s.WithdrawnAt == null && s.ExpiresAt > now && s.SignInId == signInId && !s.User!.Disabled)
            .Select(s => s.Endpoint).SingleOrDefaultAsync(cancellationToken);
    }

    public Task CloseSignInAsync(string signInId, CancellationToken cancellationToken) =>
        WithdrawAsync(s => s.SignInId == signInId, cancellationToken);

    /// <summary>Withdraws a person's phones.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="exceptSignInId">The one sign-in that may keep its phone.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task ClosePersonAsync(string userId, string? exceptSignInId, CancellationToken cancellationToken) =>
        WithdrawAsync(s => s.UserId == userId && s.SignInId != exceptSignInId, cancellationToken);

    /// <summary>Brings a person's changed name or number to the phones that they have; an Asterisk that is away gets it when it is back.</summary>
    public async Task TryPushPersonAsync(string userId)
    {
        try
        {
            await PushAsync(s => s.UserId == userId, pushes.PutEachAsync, CancellationToken.None);
        }
        catch (AriException)
        {
            // Every phone is pushed again after the next connect.
        }
    }

    /// <summary>Withdraws what has run out.</summary>
    /// <returns>The sign-ins whose phones ran out.</returns>
    public Task<IReadOnlyList<string>> CloseExpiredAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return WithdrawAsync(s => s.ExpiresAt <= now, cancellationToken);
    }

    /// <summary>Makes Asterisk have what the rows say: after it was away, it has forgotten everything.</summary>
    public async Task PushAllAsync(CancellationToken cancellationToken)
    {
        await RemoveWithdrawnAsync(cancellationToken);
        await PushAsync(_ => true, ExpectAndPutAsync, cancellationToken);
    }

    /// <summary>Lets Asterisk forget what was withdrawn; a row stays until it has.</summary>
    public async Task RemoveWithdrawnAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var withdrawn = await database.PhoneSessions.AsNoTracking().Include(s => s.User)
            .Where(s => s.WithdrawnAt != null).ToListAsync(cancellationToken);
        foreach (var session in withdrawn)
        {
            await pushes.RemoveAsync(session.Endpoint, session.User!.Number, cancellationToken);
            await database.PhoneSessions.Where(s => s.Endpoint == session.Endpoint).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private async Task PushAsync(
        Expression<Func<PhoneSession, bool>> which,
        Func<IReadOnlyCollection<PushedPhone>, CancellationToken, Task> push,
        CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var sessions = await database.PhoneSessions.AsNoTracking().Include(s => s.User)
            .Where(s => s.WithdrawnAt == null && s.ExpiresAt > now && !s.User!.Disabled).Where(which).ToListAsync(cancellationToken);
        var phones = from session in sessions
                     let password = Password(session)
                     where password is not null
                     select new PushedPhone(session.Endpoint, password, session.UserId, session.User!.Number, session.User.DisplayName);
        await push([.. phones], cancellationToken);
    }

    // Whoever vanished while we were away is in a call that is taken over, and opens no connection that could be lost.
    private Task ExpectAndPutAsync(IReadOnlyCollection<PushedPhone> phones, CancellationToken cancellationToken)
    {
        foreach (var phone in phones)
        {
            connections.Expect(phone.Endpoint);
        }

        return pushes.PutAllAsync(phones, cancellationToken);
    }

    private static Task<PhoneSession?> FindAsync(AppDbContext database, string signInId, CancellationToken cancellationToken) =>
        database.PhoneSessions.AsNoTracking()
            .SingleOrDefaultAsync(s => s.SignInId == signInId && s.WithdrawnAt == null, cancellationToken);

    private async Task<PhoneSession> AddAsync(
        AppDbContext database, string userId, string signInId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var session = new PhoneSession
        {
            Endpoint = PhoneNames.Prefix + Secrets.Text(NameLength),
            UserId = userId,
            SignInId = signInId,
            ProtectedPassword = _protector.Protect(Secrets.Text(PasswordLength)),
            CreatedAt = now,
            ExpiresAt = now + options.Value.SessionLasts,
        };
        database.PhoneSessions.Add(session);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            return session;
        }
        catch (DbUpdateException)
        {
            // Two tabs asked at once: the other was first, and both get its phone.
            database.Entry(session).State = EntityState.Detached;
            if (await FindAsync(database, signInId, cancellationToken) is { } first)
                return first;

            throw;
        }
    }

    private async Task<PhoneSession> ExtendAsync(
        AppDbContext database, PhoneSession session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        session.ExpiresAt = now + options.Value.SessionLasts;
        await database.PhoneSessions.Where(s => s.Endpoint == session.Endpoint)
            .ExecuteUpdateAsync(s => s.SetProperty(p => p.ExpiresAt, session.ExpiresAt), cancellationToken);
        return session;
    }

    private async Task<IReadOnlyList<string>> WithdrawAsync(
        Expression<Func<PhoneSession, bool>> which, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var live = database.PhoneSessions.Where(s => s.WithdrawnAt == null).Where(which);
        var signIns = await live.Select(s => s.SignInId).ToListAsync(cancellationToken);
        if (signIns.Count > 0)
        {
            await live.ExecuteUpdateAsync(s => s.SetProperty(p => p.WithdrawnAt, time.GetUtcNow()), cancellationToken);
            pushes.RoundIsDue();
        }

        return signIns;
    }

    // Null where the keys are gone, as after a restored backup without them: then the phone is made anew.
    private string? Password(PhoneSession session)
    {
        try
        {
            return _protector.Unprotect(session.ProtectedPassword);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
