using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace AriDialer.Web.Features.Account;

/// <summary>The second step of a sign-in: a code of the authenticator app, or a recovery code.</summary>
[AllowAnonymous]
[EnableRateLimiting(AccountFeature.AttemptsLimit)]
internal sealed class SignInCodeModel(SignInManager<AppUser> signIn) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    [Required(ErrorMessage = "Type the code.")]
    [StringLength(20)]
    public string Code { get; set; } = "";

    public async Task<IActionResult> OnGetAsync()
    {
        ModelState.Clear();
        return await signIn.GetTwoFactorAuthenticationUserAsync() is null ? RedirectToPage("SignIn", new { ReturnUrl }) : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
            return Page();

        var code = Code.Replace(" ", "", StringComparison.Ordinal);
        var isAppCode = code.Replace("-", "", StringComparison.Ordinal) is { Length: 6 } digits && digits.All(char.IsAsciiDigit);
        var result = isAppCode
            ? await signIn.TwoFactorAuthenticatorSignInAsync(code.Replace("-", "", StringComparison.Ordinal), false, false)
            : await signIn.TwoFactorRecoveryCodeSignInAsync(code);
        if (result.Succeeded)
            return this.ReturnTo(ReturnUrl);

        ModelState.AddModelError("", "This code is wrong or was used before. After several wrong codes the account is locked for a while.");
        return Page();
    }
}
