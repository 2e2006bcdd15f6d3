using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using QRCoder;

namespace AriDialer.Web.Features.Profile;

[Authorize(Policy = Policies.Agent)]
[EnableRateLimiting(AccountFeature.AttemptsLimit)]
[ResponseCache(NoStore = true)]
internal sealed class TwoFactorModel(UserManager<AppUser> users, SignInManager<AppUser> signIn) : PageModel
{
    private const int Codes = 10;

    public bool IsOn { get; private set; }

    public int CodesLeft { get; private set; }

    public string Key { get; private set; } = "";

    public string QrCode { get; private set; } = "";

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => await users.GetUserAsync(User) is { } user ? await ShowAsync(user) : Challenge();

    public async Task<IActionResult> OnPostOnAsync(string? code)
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();

        var digits = new string([.. (code ?? "").Where(char.IsAsciiDigit)]);
        if (!await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, digits))
        {
            ModelState.AddModelError("", "This code is wrong. Check that your telephone's clock is right, and type the newest code.");
            return await ShowAsync(user);
        }

        await users.SetTwoFactorEnabledAsync(user, true);
        return await ShowNewCodesAsync(user);
    }

    public async Task<IActionResult> OnPostCodesAsync() =>
        await users.GetUserAsync(User) is { TwoFactorEnabled: true } user ? await ShowNewCodesAsync(user) : RedirectToPage();

    public async Task<IActionResult> OnPostOffAsync(string? password)
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();

        if (!await signIn.IsPasswordOfAsync(user, password))
        {
            ModelState.AddModelError("", CurrentPassword.Wrong);
            return await ShowAsync(user);
        }

        // The key goes too: what an old telephone shows must not count when it is turned on again.
        await users.SetTwoFactorEnabledAsync(user, false);
        await users.ResetAuthenticatorKeyAsync(user);
        await signIn.RefreshSignInAsync(user);
        TempData["Message"] = "Two-factor sign-in is off.";
        return RedirectToPage();
    }

    private async Task<IActionResult> ShowNewCodesAsync(AppUser user)
    {
        RecoveryCodes = [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, Codes) ?? []];
        await signIn.RefreshSignInAsync(user);
        return await ShowAsync(user);
    }

    private async Task<IActionResult> ShowAsync(AppUser user)
    {
        IsOn = user.TwoFactorEnabled;
        if (IsOn)
        {
            CodesLeft = await users.CountRecoveryCodesAsync(user);
            return Page();
        }

        if (string.IsNullOrEmpty(await users.GetAuthenticatorKeyAsync(user)))
        {
            await users.ResetAuthenticatorKeyAsync(user);
            await signIn.RefreshSignInAsync(user);
        }

        var key = await users.GetAuthenticatorKeyAsync(user) ?? "";
        Key = string.Join(' ', key.Chunk(4).Select(part => new string(part)));
        var uri = $"otpauth://totp/AriDialer:{Uri.EscapeDataString(user.Email ?? user.Id)}?secret={key}&issuer=AriDialer&digits=6";
        using var data = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        QrCode = $"data:image/png;base64,{Convert.ToBase64String(png.GetGraphic(6))}";
        return Page();
    }
}
