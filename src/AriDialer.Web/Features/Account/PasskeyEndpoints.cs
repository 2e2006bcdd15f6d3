using System.Security.Claims;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Security;
using Microsoft.AspNetCore.Identity;

namespace AriDialer.Web.Features.Account;

/// <summary>What the browser's passkey call needs beforehand: a challenge, to sign in or to add a passkey.</summary>
internal static class PasskeyEndpoints
{
    public static void MapPasskeys(this IEndpointRouteBuilder endpoints)
    {
        var options = endpoints.MapGroup("/account/passkey-options").RequireAntiforgery();
        options.MapPost("/request", RequestAsync).AllowAnonymous().RequireRateLimiting(AccountFeature.AttemptsLimit);
        options.MapPost("/create", CreateAsync).RequireAuthorization(Policies.Agent);
    }

    // Names nobody: the browser offers the passkeys that it has for this site, and the answer cannot tell who has an account.
    private static async Task<IResult> RequestAsync(SignInManager<AppUser> signIn) =>
        Results.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    private static async Task<IResult> CreateAsync(ClaimsPrincipal principal, SignInManager<AppUser> signIn)
    {
        if (await signIn.UserManager.GetUserAsync(principal) is not { } user)
            return Results.Unauthorized();

        var options = await signIn.MakePasskeyCreationOptionsAsync(
            new PasskeyUserEntity { Id = user.Id, Name = user.Email ?? user.Id, DisplayName = user.DisplayName });
        return Results.Content(options, "application/json");
    }
}
