using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace AriDialer.Web.Features.Profile;

[Authorize(Policy = Policies.Agent)]
[EnableRateLimiting(AccountFeature.AttemptsLimit)]
internal sealed class PasskeysModel(UserManager<AppUser> users, SignInManager<AppUser> signIn, PersonPasskeys passkeys) : PageModel
{
    private const int MostPasskeys = 20;
    private const int NameLength = 60;

    public IReadOnlyList<UserPasskeyInfo> Passkeys { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => await users.GetUserAsync(User) is { } user ? await ShowAsync(user) : Challenge();

    public async Task<IActionResult> OnPostAddAsync(string? credential, string? name, string? password)
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();

        if (!await signIn.IsPasswordOfAsync(user, password))
            return await RefuseAsync(user, CurrentPassword.Wrong);

        if ((await passkeys.OfAsync(user)).Count >= MostPasskeys)
            return await RefuseAsync(user, "You have as many passkeys as are allowed. Remove one first.");

        if (string.IsNullOrEmpty(credential))
            return await RefuseAsync(user, "The browser gave no passkey. Try again.");

        if (await TryAttestAsync(credential) is not { Succeeded: true } attestation)
            return await RefuseAsync(user, "This passkey could not be checked. Try again.");

        var given = name?.Trim() ?? "";
        attestation.Passkey.Name = given.Length == 0 ? "Passkey" : given[..Math.Min(given.Length, NameLength)];
        await passkeys.AddAsync(user, attestation.Passkey);
        TempData["Message"] = "The passkey is added. Next time you can sign in with it.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? id)
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();

        if (await passkeys.RemoveAsync(user, id, user.Id) is not null)
            TempData["Message"] = "The passkey is removed.";

        return RedirectToPage();
    }

    private async Task<PasskeyAttestationResult?> TryAttestAsync(string credential)
    {
        try
        {
            return await signIn.PerformPasskeyAttestationAsync(credential);
        }
        catch (InvalidOperationException)
        {
            // The framework's way to say that no challenge was asked for before, or too long ago.
            return null;
        }
    }

    private async Task<IActionResult> RefuseAsync(AppUser user, string sentence)
    {
        ModelState.AddModelError("", sentence);
        return await ShowAsync(user);
    }

    private async Task<IActionResult> ShowAsync(AppUser user)
    {
        Passkeys = await passkeys.OfAsync(user);
        return Page();
    }
}
