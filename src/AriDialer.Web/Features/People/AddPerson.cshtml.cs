using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Dialing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.People;

[Authorize(Policy = Policies.Administrator)]
internal sealed class AddPersonModel(
    PeopleDesk desk, UserManager<AppUser> users, TelephoneNumbers numbers, TeamBook teams, IOptions<DialingOptions> dialing) : PageModel
{
    [Display(Name = "Email")]
    [DataType(DataType.EmailAddress)]
    public string Email { get; set; } = "";

    public PersonInput Input { get; set; } = new() { Roles = [Roles.Agent] };

    public PersonForm Form => new(Input, RegionChoices.For(dialing.Value.DefaultRegion));

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(
        [Required(ErrorMessage = "Type the person's email address.")]
        [EmailAddress(ErrorMessage = "This is not an email address.")]
        [StringLength(256)]
        string email,
        [Bind(Prefix = nameof(Input))] PersonInput input)
    {
        (Email, Input) = (email, input);
        if (!ModelState.IsValid)
            return Page();

        var person = new AppUser { UserName = email, Email = email, EmailConfirmed = true, DisplayName = input.Name };
        if (!await input.TryApplyAsync(person, numbers, teams, dialing.Value.DefaultRegion, users, ModelState))
            return Page();

        var result = await desk.AddAsync(person, input.Roles, User.UserId());
        if (!result.Succeeded)
        {
            result.AddTo(ModelState);
            return Page();
        }

        TempData["Link"] = await desk.IssueLinkAsync(person, Request, User.UserId());
        return Redirect($"/people/{person.Id}");
    }
}
