using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace AriDialer.Web.Features.Account;

[AllowAnonymous]
[EnableRateLimiting(AccountFeature.AttemptsLimit)]
internal sealed class SignInModel(SignInManager<AppUser> signIn) : PageModel
{
    // One sentence for every way to fail: an unknown person, a wrong password, a locked or disabled account.
    private static readonly string Refused =
        $"The email or the password is wrong. After {AccountFeature.WrongPasswords} wrong passwords an account is locked " +
        $"for {AccountFeature.LockedFor.TotalMinutes:0} minutes.";

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>True for a page whose sign-in was over when it woke up.</summary>
    [BindProperty(SupportsGet = true)]
    public bool RanOut { get; set; }

    public InputModel Input { get; set; } = new();

    [TempData]
    public string? Message { get; set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? this.ReturnTo(ReturnUrl) : Page();

    public async Task<IActionResult> OnPostAsync([Bind(Prefix = nameof(Input))] InputModel input)
    {
        Input = input;
        if (!ModelState.IsValid)
            return Page();

        var result = await signIn.PasswordSignInAsync(input.Email, input.Password, isPersistent: false, lockoutOnFailure: true);
        return Finish(result, Refused);
    }

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential)
    {
        return Finish(await TryPasskeyAsync(credential), "This passkey is not known here, or its account is locked or disabled.");
    }

    private async Task<SignInResult> TryPasskeyAsync(string? credential)
    {
        try
        {
            return string.IsNullOrEmpty(credential) ? SignInResult.Failed : await signIn.PasskeySignInAsync(credential);
        }
        catch (InvalidOperationException)
        {
            // The framework's way to say that no challenge was asked for before, or too long ago.
            return SignInResult.Failed;
        }
    }

    private IActionResult Finish(SignInResult result, string refused)
    {
        if (result.Succeeded)
            return this.ReturnTo(ReturnUrl);

        if (result.RequiresTwoFactor)
            return RedirectToPage("SignInCode", new { ReturnUrl });

        ModelState.AddModelError("", refused);
        return Page();
    }

    internal sealed class InputModel
    {
        [Required(ErrorMessage = "Type your email address.")]
        [EmailAddress(ErrorMessage = "This is not an email address.")]
        [StringLength(256)]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Type your password.")]
        [DataType(DataType.Password)]
        [StringLength(200)]
        public string Password { get; set; } = "";
    }
}
