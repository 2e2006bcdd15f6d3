using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Phones;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace AriDialer.Web.Features.People;

/// <summary>What an administrator does to people: each act is written down, and takes effect at once.</summary>
internal sealed class PeopleDesk(
    UserManager<AppUser> users, PersonAccess access, PhoneSessions phones, DeskPhones desks, AuditLog audit)
{
    public async Task<IdentityResult> AddAsync(AppUser person, IReadOnlyCollection<string> roles, string actorId)
    {
        var result = await users.CreateAsync(person);
        if (!result.Succeeded)
            return result;

        (await users.AddToRolesAsync(person, roles)).OrThrow();
        await audit.WriteAsync(actorId, AuditActions.Created, person.Id, string.Join(", ", roles));
        return result;
    }

    public async Task<IdentityResult> SaveAsync(AppUser person, IReadOnlyCollection<string> roles, string actorId)
    {
        var before = await users.GetRolesAsync(person);
        var lost = before.Except(roles).ToArray();
        var gained = roles.Except(before).ToArray();
        if (lost.Contains(Roles.Administrator) && person.Id == actorId)
            return Refuse("You cannot take the administrator's role from yourself: another administrator can.");

        var result = await users.UpdateAsync(person);
        if (!result.Succeeded)
            return result;

        await audit.WriteAsync(actorId, AuditActions.Changed, person.Id, $"{person.DisplayName}, {person.Number ?? "no number"}");
        if (lost.Length + gained.Length > 0)
        {
            (await users.RemoveFromRolesAsync(person, lost)).OrThrow();
            (await users.AddToRolesAsync(person, gained)).OrThrow();
            await audit.WriteAsync(actorId, AuditActions.RolesChanged, person.Id, string.Join(", ", roles));
        }

        if (lost.Length > 0)
        {
            // The roles in cookies that are out there are no longer true.
            (await users.UpdateSecurityStampAsync(person)).OrThrow();
            await access.EndPersonAsync(person.Id, null, "Your roles were changed. Sign in again.");
        }

        await phones.TryPushPersonAsync(person.Id);
        desks.Changed();
        return result;
    }

    public async Task<IdentityResult> DisableAsync(AppUser person, string actorId)
    {
        if (person.Id == actorId)
            return Refuse("You cannot disable yourself: another administrator can.");

        person.Disabled = true;
        (await users.UpdateAsync(person)).OrThrow();
        (await users.UpdateSecurityStampAsync(person)).OrThrow();
        await access.EndPersonAsync(person.Id, null, "Your account was disabled. Ask an administrator.");
        await access.EndCallsAsync(person.Id);
        desks.Changed();
        await audit.WriteAsync(actorId, AuditActions.Disabled, person.Id);
        return IdentityResult.Success;
    }

    public async Task EnableAsync(AppUser person, string actorId)
    {
        person.Disabled = false;
        (await users.UpdateAsync(person)).OrThrow();
        desks.Changed();
        await audit.WriteAsync(actorId, AuditActions.Enabled, person.Id);
    }

    /// <summary>A link by which the person sets a password: usable once, and not for ever.</summary>
    public async Task<string> IssueLinkAsync(AppUser person, HttpRequest request, string actorId)
    {
        var token = await users.GeneratePasswordResetTokenAsync(person);
        await audit.WriteAsync(actorId, AuditActions.LinkIssued, person.Id);
        return QueryHelpers.AddQueryString(
            $"{request.Scheme}://{request.Host}{request.PathBase}/account/set-password",
            new Dictionary<string, string?> { ["user"] = person.Id, ["token"] = token });
    }

    private static IdentityResult Refuse(string sentence) =>
        IdentityResult.Failed(new IdentityError { Code = "Refused", Description = sentence });
}
