using System.Security.Cryptography;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Phones;

/// <summary>The row of a sign-in's phone: how it is made, and how it lasts.</summary>
internal sealed partial class PhoneRows(IDataProtectionProvider protection, IOptions<PhoneOptions> options, ILogger<PhoneRows> log)
{
    private const int PasswordLength = 40;
    private const int NameLength = 16;

    // With more of its life left than this, nothing is won by writing.
    private const double WorthExtending = 0.9;

    private readonly IDataProtector _protector = protection.CreateProtector("AriDialer.PhoneSession.Password");

    public static Task<PhoneSession?> FindAsync(AppDbContext database, string signInId, CancellationToken cancellationToken) =>
        database.PhoneSessions.AsNoTracking()
            .SingleOrDefaultAsync(s => s.SignInId == signInId && s.WithdrawnAt == null, cancellationToken);

    /// <summary>A new phone, or the one that another tab has asked for at the same time.</summary>
    public async Task<PhoneSession> AddAsync(
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

    /// <summary>
    /// Lets a phone last longer. Where that cannot be written it lasts as long as it would have: whoever reloads a page in mid-call
    /// needs it now.
    /// </summary>
    public async Task TryExtendAsync(AppDbContext database, PhoneSession session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lasts = options.Value.SessionLasts;
        if (session.ExpiresAt - now > lasts * WorthExtending)
            return;

        try
        {
            await database.PhoneSessions.Where(s => s.Endpoint == session.Endpoint)
                .ExecuteUpdateAsync(s => s.SetProperty(p => p.ExpiresAt, now + lasts), cancellationToken);
            session.ExpiresAt = now + lasts;
        }
        catch (SqliteException e)
        {
            LogNotExtended(e, session.Endpoint, session.ExpiresAt);
        }
    }

    /// <summary>Null where the keys are gone, as after a restored backup without them: then the phone is made anew.</summary>
    public string? Password(PhoneSession session)
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Phone {Endpoint} could not be extended: the database is locked, or its disk is full. It lasts until {ExpiresAt}")]
    private partial void LogNotExtended(Exception e, string endpoint, DateTimeOffset expiresAt);
}
