using System.Linq.Expressions;
using AriDialer.Ari;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Phones;

/// <summary>A phone that a page may register.</summary>
internal sealed record OpenPhone(string Endpoint, string Password, string DisplayName, string? Number, DateTimeOffset ExpiresAt);

/// <summary>
/// The phones of browser sessions. A row says what Asterisk should have; <see cref="PhonePushes"/> sees to it that Asterisk has it.
/// </summary>
internal sealed class PhoneSessions(
    IDbContextFactory<AppDbContext> databases,
    PhoneRows rows,
    PhonePushes pushes,
    PhoneConnections connections,
    EndedSignIns ended,
    TimeProvider time)
{
    // The page that asks gives up after five seconds, and SQLite may wait two seconds longer than it is told to.
    private static readonly TimeSpan WritesWithin = TimeSpan.FromSeconds(1);

    /// <summary>The sign-in's phone: the same while it lasts, otherwise a new one. Null for a person who may have none, and after signing out.</summary>
    /// <exception cref="AriException">Asterisk cannot be reached; the phone is pushed once it can.</exception>
    public async Task<OpenPhone?> OpenAsync(string userId, string signInId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        database.Database.SetCommandTimeout(WritesWithin);
        var user = await database.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId && !u.Disabled, cancellationToken);
        if (user is null)
            return null;

        var now = time.GetUtcNow();
        var session = await PhoneRows.FindAsync(database, signInId, cancellationToken);
        if (session is not null && (session.ExpiresAt <= now || rows.Password(session) is null))
        {
            await WithdrawAsync(database, s => s.Endpoint == session.Endpoint, cancellationToken);
            session = null;
        }

        if (session is null)
            session = await rows.AddAsync(database, userId, signInId, now, cancellationToken);
        else
            await rows.TryExtendAsync(database, session, now, cancellationToken);

        // Looked at once the row is there: a sign-out in between either is seen here, or finds the row.
        if (ended.Has(signInId))
        {
            await WithdrawAsync(database, s => s.SignInId == signInId, cancellationToken);
            return null;
        }

        var password = rows.Password(session) ?? throw new InvalidOperationException("The phone's password cannot be read.");
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
                     let password = rows.Password(session)
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

    private async Task<IReadOnlyList<string>> WithdrawAsync(
        Expression<Func<PhoneSession, bool>> which, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await WithdrawAsync(database, which, cancellationToken);
    }

    private async Task<IReadOnlyList<string>> WithdrawAsync(
        AppDbContext database, Expression<Func<PhoneSession, bool>> which, CancellationToken cancellationToken)
    {
        var live = database.PhoneSessions.Where(s => s.WithdrawnAt == null).Where(which);
        var signIns = await live.Select(s => s.SignInId).ToListAsync(cancellationToken);
        if (signIns.Count > 0)
        {
            await live.ExecuteUpdateAsync(s => s.SetProperty(p => p.WithdrawnAt, time.GetUtcNow()), cancellationToken);
            pushes.RoundIsDue();
        }

        return signIns;
    }
}
