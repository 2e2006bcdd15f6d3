using System.Security.Claims;
using AriDialer.Web.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Account;

/// <summary>What the sign-in cookie says about the person, read in one place.</summary>
internal static class SignedInPerson
{
    /// <summary>The claim with the random id of one sign-in, to which its phone and its sockets belong.</summary>
    public const string SignInIdClaim = "sid";

    public static string UserId(this ClaimsPrincipal principal) =>
        principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in here.");

    public static string SignInId(this ClaimsPrincipal principal) =>
        principal.FindFirstValue(SignInIdClaim) ?? throw new InvalidOperationException("This sign-in has no id.");

    /// <summary>True for those who see and control everybody's calls.</summary>
    public static bool SeesAll(this ClaimsPrincipal principal) =>
        principal.IsInRole(Roles.Supervisor) || principal.IsInRole(Roles.Administrator);
}

/// <summary>Puts the sign-in's id into the cookie, and keeps it while the same sign-in is refreshed.</summary>
internal sealed class SignInIdClaims(
    UserManager<AppUser> users, RoleManager<IdentityRole> roles, IOptions<IdentityOptions> options, IHttpContextAccessor accessor)
    : UserClaimsPrincipalFactory<AppUser, IdentityRole>(users, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AppUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        // What pages greet a person with; the email stays in its own claim.
        identity.RemoveClaim(identity.FindFirst(identity.NameClaimType));
        identity.AddClaim(new Claim(identity.NameClaimType, user.DisplayName));
        var current = accessor.HttpContext?.User;
        var kept = current?.FindFirstValue(ClaimTypes.NameIdentifier) == user.Id
            ? current.FindFirstValue(SignedInPerson.SignInIdClaim)
            : null;
        identity.AddClaim(new Claim(SignedInPerson.SignInIdClaim, kept ?? Secrets.Text(20)));
        return identity;
    }

    /// <summary>The periodic check of the security stamp makes new claims before the request has a user: carry the id over.</summary>
    public static Task KeepSignInId(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.NewPrincipal?.Identity is ClaimsIdentity renewed
            && context.CurrentPrincipal?.FindFirst(SignedInPerson.SignInIdClaim) is { } sid)
        {
            foreach (var made in renewed.FindAll(SignedInPerson.SignInIdClaim).ToArray())
            {
                renewed.RemoveClaim(made);
            }

            renewed.AddClaim(sid.Clone());
        }

        return Task.CompletedTask;
    }
}
