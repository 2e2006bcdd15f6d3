using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Account;

[AllowAnonymous]
[EnableRateLimiting(AccountFeature.AttemptsLimit)]
internal sealed class FirstAdministratorModel(
    UserManager<AppUser> users, SignInManager<AppUser> signIn, FirstAdministratorLink link) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    public InputModel Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync() => await IsOpenAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync([Bind(Prefix = nameof(Input))] InputModel input)
    {
        Input = input;
        if (!await IsOpenAsync())
            return NotFound();

        if (!ModelState.IsValid)
            return Page();

        if (!link.TryUse(Token))
            return NotFound();

        var administrator = new AppUser
        {
            UserName = input.Email,
            Email = input.Email,
            EmailConfirmed = true,
            DisplayName = input.Name.Trim(),
        };
        var result = await users.CreateAsync(administrator, input.Password);
        if (!result.Succeeded)
        {
            link.GiveBack(Token!);
            result.AddTo(ModelState);
            return Page();
        }

        (await users.AddToRoleAsync(administrator, Roles.Administrator)).OrThrow();
        await signIn.SignInAsync(administrator, isPersistent: false);
        return LocalRedirect("/people");
    }

    private async Task<bool> IsOpenAsync() => link.Opens(Token) && !await users.Users.AnyAsync();

    internal sealed class InputModel
    {
        [Required(ErrorMessage = "Type your name.")]
        [StringLength(AppUser.NameLength)]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Type your email address.")]
        [EmailAddress(ErrorMessage = "This is not an email address.")]
        [StringLength(256)]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Choose a password.")]
        [DataType(DataType.Password)]
        [StringLength(200)]
        public string Password { get; set; } = "";
    }
}
