using System.Buffers.Text;
using AriDialer.Web.Data;
using AriDialer.Web.Features.People;
using Microsoft.AspNetCore.Identity;

namespace AriDialer.Web.Features.Account;

/// <summary>People's passkeys: each that comes or goes is written down.</summary>
internal sealed class PersonPasskeys(UserManager<AppUser> users, AuditLog audit)
{
    public static string IdOf(UserPasskeyInfo passkey) => Base64Url.EncodeToString(passkey.CredentialId);

    public static string NameOf(UserPasskeyInfo passkey) => passkey.Name ?? "Passkey";

    public async Task<IReadOnlyList<UserPasskeyInfo>> OfAsync(AppUser person) => [.. await users.GetPasskeysAsync(person)];

    public async Task AddAsync(AppUser person, UserPasskeyInfo passkey)
    {
        (await users.AddOrUpdatePasskeyAsync(person, passkey)).OrThrow("The passkey");
        await audit.WriteAsync(person.Id, AuditActions.PasskeyAdded, person.Id, NameOf(passkey));
    }

    /// <summary>Removes one.</summary>
    /// <returns>What it was called; null where the person has no such passkey.</returns>
    public async Task<string?> RemoveAsync(AppUser person, string? id, string actorId)
    {
        if ((await OfAsync(person)).FirstOrDefault(passkey => IdOf(passkey) == id) is not { } found)
            return null;

        await RemoveAsync(person, found, actorId);
        return NameOf(found);
    }

    /// <summary>Removes all that a person has.</summary>
    /// <returns>How many they were.</returns>
    public async Task<int> RemoveAllAsync(AppUser person, string actorId)
    {
        var all = await OfAsync(person);
        foreach (var passkey in all)
        {
            await RemoveAsync(person, passkey, actorId);
        }

        return all.Count;
    }

    private async Task RemoveAsync(AppUser person, UserPasskeyInfo passkey, string actorId)
    {
        (await users.RemovePasskeyAsync(person, passkey.CredentialId)).OrThrow("The passkey");
        await audit.WriteAsync(actorId, AuditActions.PasskeyRemoved, person.Id, NameOf(passkey));
    }
}
