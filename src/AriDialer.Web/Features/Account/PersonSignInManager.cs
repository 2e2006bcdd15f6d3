using AriDialer.Web.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Account;

/// <summary>The framework's sign-in, but a disabled person has none.</summary>
internal sealed class PersonSignInManager(
    UserManager<AppUser> users,
    IHttpContextAccessor accessor,
    IUserClaimsPrincipalFactory<AppUser> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<AppUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<AppUser> confirmation)
    : SignInManager<AppUser>(users, accessor, claims, options, logger, schemes, confirmation)
{
    private static readonly AppUser Nobody = new() { DisplayName = "Nobody" };
    private static readonly string NobodysPassword = new PasswordHasher<AppUser>().HashPassword(Nobody, Secrets.Text(32));

    public override async Task<bool> CanSignInAsync(AppUser user) => !user.Disabled && await base.CanSignInAsync(user);

    public override async Task<SignInResult> PasswordSignInAsync(
        string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        var user = await UserManager.FindByNameAsync(userName);
        if (user is null)
        {
            HashInVain(password);
            return SignInResult.Failed;
        }

        return await PasswordSignInAsync(user, password, isPersistent, lockoutOnFailure);
    }

    public override async Task<SignInResult> CheckPasswordSignInAsync(AppUser user, string password, bool lockoutOnFailure)
    {
        // Of these the framework knows the answer without a look at the password.
        if (user.PasswordHash is null || !await CanSignInAsync(user) || await UserManager.IsLockedOutAsync(user))
            HashInVain(password);

        return await base.CheckPasswordSignInAsync(user, password, lockoutOnFailure);
    }

    // As slow as a wrong password, so that the time of the answer does not tell who exists.
    private void HashInVain(string password) => UserManager.PasswordHasher.VerifyHashedPassword(Nobody, NobodysPassword, password);
}
