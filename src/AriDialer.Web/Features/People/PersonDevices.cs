using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Phones;

namespace AriDialer.Web.Features.People;

/// <summary>What a person signs in or calls with besides password and browser, as an administrator sees it and may take it away.</summary>
internal sealed class PersonDevices(PersonPasskeys passkeys, DeskPhones desks, AuditLog audit)
{
    public async Task<IReadOnlyList<Device>> OfAsync(AppUser person, CancellationToken cancellationToken) =>
    [
        .. from passkey in await passkeys.OfAsync(person)
           orderby passkey.CreatedAt
           select new Device(true, PersonPasskeys.IdOf(passkey), PersonPasskeys.NameOf(passkey), passkey.CreatedAt),
        .. from phone in await desks.OfAsync(person.Id, cancellationToken)
           select new Device(false, phone.Endpoint, phone.Label, phone.CreatedAt),
    ];

    /// <summary>Removes a passkey.</summary>
    /// <returns>What it was called; null where the person has no such passkey.</returns>
    public Task<string?> RemovePasskeyAsync(AppUser person, string? id, string actorId) => passkeys.RemoveAsync(person, id, actorId);

    /// <summary>Removes a desk phone, and ends the calls at it.</summary>
    /// <returns>What it was called; null where the person has no such phone.</returns>
    public async Task<string?> RemovePhoneAsync(AppUser person, string? endpoint, string actorId)
    {
        var label = await desks.RemoveAsync(person.Id, endpoint ?? "", CancellationToken.None);
        if (label is not null)
            await audit.WriteAsync(actorId, AuditActions.DeskPhoneRemoved, person.Id, label);
        return label;
    }

    /// <summary>So many of each, in words; empty for none.</summary>
    public static string Describe(int passkeys, int phones)
    {
        string[] words = [Words(passkeys, "passkey"), Words(phones, "desk phone")];
        return string.Join(", ", words.Where(word => word.Length > 0));
    }

    private static string Words(int count, string thing) => count switch
    {
        0 => "",
        1 => $"1 {thing}",
        _ => $"{count} {thing}s",
    };

    /// <param name="IsPasskey">True for a passkey, false for a desk phone.</param>
    /// <param name="Id">By which it is removed.</param>
    /// <param name="Name">What its person calls it.</param>
    /// <param name="AddedAt">Since when they have it.</param>
    internal sealed record Device(bool IsPasskey, string Id, string Name, DateTimeOffset AddedAt);
}
