using System.Security.Cryptography;
using AriDialer.Ari;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Phones;

/// <summary>What is typed into a telephone so that it registers; shown once.</summary>
internal sealed record DeskPhoneLogin(string Endpoint, string Label, string Password);

/// <summary>
/// The SIP telephones on people's desks. A row says what Asterisk should have while its person may call;
/// <see cref="PhoneUpkeep"/> has it so, round by round.
/// </summary>
internal sealed class DeskPhones(
    IDbContextFactory<AppDbContext> databases, IDataProtectionProvider protection, PhonePushes pushes, CallDirectory calls, TimeProvider time)
{
    public const int MostPhones = 5;

    private const int PasswordLength = 24;
    private const int NameLength = 12;

    private readonly IDataProtector _protector = protection.CreateProtector("AriDialer.DeskPhone.Password");

    public async Task<IReadOnlyList<DeskPhone>> OfAsync(string userId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.DeskPhones.AsNoTracking().Where(phone => phone.UserId == userId && phone.WithdrawnAt == null)
            .OrderBy(phone => phone.CreatedAt).ToListAsync(cancellationToken);
    }

    /// <summary>Adds a telephone; null for a person who has as many as are allowed.</summary>
    public async Task<DeskPhoneLogin?> AddAsync(string userId, string label, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.DeskPhones.CountAsync(phone => phone.UserId == userId && phone.WithdrawnAt == null, cancellationToken) >= MostPhones)
            return null;

        var login = new DeskPhoneLogin(PhoneNames.DeskPrefix + Secrets.Text(NameLength), label, Secrets.Text(PasswordLength));
        database.DeskPhones.Add(new DeskPhone
        {
            Endpoint = login.Endpoint,
            UserId = userId,
            Label = label,
            ProtectedPassword = _protector.Protect(login.Password),
            CreatedAt = time.GetUtcNow(),
        });
        await database.SaveChangesAsync(cancellationToken);
        Changed();
        return login;
    }

    /// <summary>Gives a telephone a new password; null where the person has no such telephone.</summary>
    public async Task<DeskPhoneLogin?> RenewAsync(string userId, string endpoint, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await Mine(database, userId, endpoint).SingleOrDefaultAsync(cancellationToken) is not { } phone)
            return null;

        var login = new DeskPhoneLogin(phone.Endpoint, phone.Label, Secrets.Text(PasswordLength));
        phone.ProtectedPassword = _protector.Protect(login.Password);
        await database.SaveChangesAsync(cancellationToken);
        Changed();
        return login;
    }

    /// <summary>Removes a telephone, and ends the calls at it.</summary>
    /// <returns>What it was called; null where the person has no such telephone.</returns>
    public async Task<string?> RemoveAsync(string userId, string endpoint, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await Mine(database, userId, endpoint).SingleOrDefaultAsync(cancellationToken) is not { } phone)
            return null;

        phone.WithdrawnAt = time.GetUtcNow();
        await database.SaveChangesAsync(cancellationToken);
        Changed();
        return phone.Label;
    }

    /// <summary>Says that telephones, or whose they are, have changed: Asterisk is told at once.</summary>
    public void Changed() => pushes.RoundIsDue();

    /// <summary>Makes Asterisk have what the rows say.</summary>
    /// <param name="isNewAsterisk">True where nothing is known of what it has.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="AriException">Asterisk cannot be reached.</exception>
    public async Task ReconcileAsync(bool isNewAsterisk, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var all = await database.DeskPhones.AsNoTracking().Include(phone => phone.User).ToListAsync(cancellationToken);
        foreach (var phone in all)
        {
            if (phone.WithdrawnAt is null && !phone.User!.Disabled)
                await PushAsync(phone, cancellationToken);
            else if (isNewAsterisk || phone.WithdrawnAt is not null || await pushes.HasAsync(phone.Endpoint, cancellationToken))
                await WithdrawAsync(database, phone, cancellationToken);
        }
    }

    private async Task PushAsync(DeskPhone phone, CancellationToken cancellationToken)
    {
        if (Password(phone) is { } password)
        {
            await pushes.PutAsync(
                new PushedPhone(phone.Endpoint, password, phone.UserId, phone.User!.Number, phone.User.DisplayName, IsDesk: true), cancellationToken);
        }
    }

    private async Task WithdrawAsync(AppDbContext database, DeskPhone phone, CancellationToken cancellationToken)
    {
        await pushes.RemoveAsync(phone.Endpoint, phone.User!.Number, cancellationToken);
        await EndCallsAtAsync(phone);
        if (phone.WithdrawnAt is not null)
            await database.DeskPhones.Where(row => row.Endpoint == phone.Endpoint).ExecuteDeleteAsync(cancellationToken);
    }

    // A browser's phone loses its socket; a telephone that talks would go on talking.
    private async Task EndCallsAtAsync(DeskPhone phone)
    {
        foreach (var call in calls.Live.Where(call => call.Legs.Any(leg => leg.State != LegState.Gone && leg.Endpoint == phone.Endpoint)))
        {
            await calls.ControlAsync(call.Id, new CallRequester(phone.UserId, MayControlAll: false), new CallControl.HangUp());
        }
    }

    private static IQueryable<DeskPhone> Mine(AppDbContext database, string userId, string endpoint) =>
        database.DeskPhones.Where(phone => phone.Endpoint == endpoint && phone.UserId == userId && phone.WithdrawnAt == null);

    // Null where the keys are gone, as after a restored backup without them: its person renews the password.
    private string? Password(DeskPhone phone)
    {
        try
        {
            return _protector.Unprotect(phone.ProtectedPassword);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
