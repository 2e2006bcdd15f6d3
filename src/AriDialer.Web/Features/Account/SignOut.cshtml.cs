using AriDialer.Web.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Account;

[Authorize(Policy = Policies.Agent)]
internal sealed class SignOutModel(SignInManager<AppUser> signIn, PersonAccess access) : PageModel
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await access.EndSignInAsync(User.SignInId());
        await signIn.SignOutAsync();
        TempData["Message"] = "You are signed out.";
        return RedirectToPage("SignIn");
    }
}
