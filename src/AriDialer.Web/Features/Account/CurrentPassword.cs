using AriDialer.Web.Data;
using Microsoft.AspNetCore.Identity;

namespace AriDialer.Web.Features.Account;

/// <summary>
/// Asks who is signed in for their password once more, before they get another way in or change one. Nobody signs in who never had a
/// password: whoever has none is refused.
/// </summary>
internal static class CurrentPassword
{
    /// <summary>Said of a wrong one, and of a right one while the account is locked.</summary>
    public static readonly string Wrong =
        $"The password is wrong. After {AccountFeature.WrongPasswords} wrong passwords your account is locked " +
        $"for {AccountFeature.LockedFor.TotalMinutes:0} minutes.";

    /// <summary>True for the person's own. A wrong one counts like a wrong sign-in.</summary>
    public static async Task<bool> IsPasswordOfAsync(this SignInManager<AppUser> signIn, AppUser user, string? password) =>
        (await signIn.CheckPasswordSignInAsync(user, password ?? "", lockoutOnFailure: true)).Succeeded;
}
