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
        options.MapPost("/create", CreateAsync).RequireAuthorization(Policies.Agent).RequireRateLimiting(AccountFeature.AttemptsLimit);
    }

    // Names nobody: the browser offers the passkeys that it has for this site, and the answer cannot tell who has an account.
    private static async Task<IResult> RequestAsync(SignInManager<AppUser> signIn) =>
        Results.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    // Asks for the password as the page does that is sent afterwards: a passkey that were refused only there would stay on the device.
    private static async Task<IResult> CreateAsync(HttpRequest request, ClaimsPrincipal principal, SignInManager<AppUser> signIn)
    {
        if (await signIn.UserManager.GetUserAsync(principal) is not { } user)
            return Results.Unauthorized();

        if (!request.HasFormContentType || !await signIn.IsPasswordOfAsync(user, (await request.ReadFormAsync())["password"]))
            return Results.Problem(CurrentPassword.Wrong, statusCode: StatusCodes.Status403Forbidden);

        var options = await signIn.MakePasskeyCreationOptionsAsync(
            new PasskeyUserEntity { Id = user.Id, Name = user.Email ?? user.Id, DisplayName = user.DisplayName });
        return Results.Content(options, "application/json");
    }
}
