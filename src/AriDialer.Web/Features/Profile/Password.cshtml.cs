using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace AriDialer.Web.Features.Profile;

[Authorize(Policy = Policies.Agent)]
[EnableRateLimiting(AccountFeature.AttemptsLimit)]
internal sealed class PasswordModel(
    UserManager<AppUser> users, SignInManager<AppUser> signIn, PersonAccess access, AuditLog audit) : PageModel
{
    [DataType(DataType.Password)]
    [Display(Name = "Current password")]
    public string Current { get; set; } = "";

    public NewPasswordInput Input { get; set; } = new();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(
        [Required(ErrorMessage = "Type your current password.")] string current, [Bind(Prefix = nameof(Input))] NewPasswordInput input)
    {
        Input = input;
        if (await users.GetUserAsync(User) is not { } user)
            return Challenge();

        if (!ModelState.IsValid)
            return Page();

        if (!await signIn.IsPasswordOfAsync(user, current))
        {
            ModelState.AddModelError("", CurrentPassword.Wrong);
            return Page();
        }

        var result = await users.ChangePasswordAsync(user, current, input.NewPassword);
        if (!result.Succeeded)
        {
            result.AddTo(ModelState);
            return Page();
        }

        await signIn.RefreshSignInAsync(user);
        await access.EndPersonAsync(user.Id, User.SignInId(), "Your password was changed. Sign in again.");
        await audit.WriteAsync(user.Id, AuditActions.PasswordSet, user.Id);

        // Last: the page asks for another phone in a second, and by then needs the new cookie.
        await access.RenewPhoneAsync(User.SignInId());
        TempData["Message"] = "Your password is changed.";
        return RedirectToPage();
    }
}
