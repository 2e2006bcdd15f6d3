using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Phones;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Profile;

[Authorize(Policy = Policies.Agent)]
internal sealed class ProfileModel(
    UserManager<AppUser> users,
    SignInManager<AppUser> signIn,
    TelephoneNumbers numbers,
    PhoneSessions phones,
    DeskPhones desks,
    IOptions<DialingOptions> dialing) : PageModel
{
    public InputModel Input { get; set; } = new();

    public string Email { get; private set; } = "";

    public string? Number { get; private set; }

    public IReadOnlyList<SelectListItem> Regions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (await FindAsync() is not { } user)
            return Challenge();

        Input = new InputModel { Name = user.DisplayName, Region = user.Region };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([Bind(Prefix = nameof(Input))] InputModel input)
    {
        Input = input;
        if (await FindAsync() is not { } user)
            return Challenge();

        if (!ModelState.IsValid)
            return Page();

        user.DisplayName = input.Name.Trim();
        user.Region = string.IsNullOrEmpty(input.Region) ? null : input.Region;
        var result = await users.UpdateAsync(user);
        if (!result.Succeeded)
        {
            result.AddTo(ModelState);
            return Page();
        }

        await signIn.RefreshSignInAsync(user);
        await phones.TryPushPersonAsync(user.Id);
        desks.Changed();
        TempData["Message"] = "Saved.";
        return RedirectToPage();
    }

    private async Task<AppUser?> FindAsync()
    {
        var user = await users.GetUserAsync(User);
        var region = dialing.Value.DefaultRegion;
        Email = user?.Email ?? "";
        Number = user?.Number is { } number ? numbers.Format(number, user.Region ?? region) : null;
        Regions = RegionChoices.For(region);
        return user;
    }

    internal sealed class InputModel : IValidatableObject
    {
        [Required(ErrorMessage = "Type your name.")]
        [StringLength(AppUser.NameLength)]
        public string Name { get; set; } = "";

        [Display(Name = "Country")]
        public string? Region { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => RegionChoices.Check(Region, nameof(Region));
    }
}
