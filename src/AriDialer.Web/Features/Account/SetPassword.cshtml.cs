using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;
using AriDialer.Web.Features.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace AriDialer.Web.Features.Account;

/// <summary>Where the link of an invitation or a forgotten password leads.</summary>
[AllowAnonymous]
[EnableRateLimiting(AccountFeature.AttemptsLimit)]
internal sealed class SetPasswordModel(
    UserManager<AppUser> users, PersonPasskeys passkeys, PersonAccess access, AuditLog audit) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "user")]
    public string? UserId { get; set; }

    [BindProperty(SupportsGet = true, Name = "token")]
    public string? Token { get; set; }

    public bool IsUsable { get; private set; }

    public string Email { get; private set; } = "";

    /// <summary>True for a person with passkeys: they are removed with the old password.</summary>
    public bool HasPasskeys { get; private set; }

    public NewPasswordInput Input { get; set; } = new();

    public async Task OnGetAsync() => await FindAsync();

    public async Task<IActionResult> OnPostAsync([Bind(Prefix = nameof(Input))] NewPasswordInput input)
    {
        Input = input;
        if (await FindAsync() is not { } user || !ModelState.IsValid)
            return Page();

        var result = await users.ResetPasswordAsync(user, Token!, input.NewPassword);
        if (!result.Succeeded)
        {
            result.AddTo(ModelState);
            return Page();
        }

        await users.SetLockoutEndDateAsync(user, null);
        await users.ResetAccessFailedCountAsync(user);
        // Whoever needs a new password may have lost the old one to somebody, who may have added one of these.
        var removed = await passkeys.RemoveAllAsync(user, user.Id);
        await access.EndPersonAsync(user.Id, null, "Your password was changed. Sign in again.");
        await audit.WriteAsync(user.Id, AuditActions.PasswordSet, user.Id);
        TempData["Message"] = removed == 0
            ? "Your password is set. Sign in with it."
            : "Your password is set, and your passkeys are removed. Sign in with the password.";
        return RedirectToPage("SignIn");
    }

    private async Task<AppUser?> FindAsync()
    {
        if (string.IsNullOrEmpty(UserId) || string.IsNullOrEmpty(Token) || await users.FindByIdAsync(UserId) is not { Disabled: false } user)
            return null;

        IsUsable = await users.VerifyUserTokenAsync(
            user, users.Options.Tokens.PasswordResetTokenProvider, UserManager<AppUser>.ResetPasswordTokenPurpose, Token);
        Email = user.Email ?? "";
        HasPasskeys = IsUsable && (await passkeys.OfAsync(user)).Count > 0;
        return IsUsable ? user : null;
    }
}

/// <summary>A new password, typed twice.</summary>
internal sealed class NewPasswordInput
{
    [Required(ErrorMessage = "Choose a password.")]
    [DataType(DataType.Password)]
    [Display(Name = "New password")]
    [StringLength(200)]
    public string NewPassword { get; set; } = "";

    [Required(ErrorMessage = "Type it again.")]
    [DataType(DataType.Password)]
    [Display(Name = "New password again")]
    [Compare(nameof(NewPassword), ErrorMessage = "The two passwords differ.")]
    public string Again { get; set; } = "";
}
