using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.People;

/// <summary>Asks before a person is cut off.</summary>
[Authorize(Policy = Policies.Administrator)]
internal sealed class DisablePersonModel(PeopleDesk desk, UserManager<AppUser> users) : PageModel
{
    public AppUser Person { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id) => await FindAsync(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        if (!await FindAsync(id))
            return NotFound();

        var result = await desk.DisableAsync(Person, User.UserId());
        if (!result.Succeeded)
        {
            result.AddTo(ModelState);
            return Page();
        }

        TempData["Message"] = $"{Person.DisplayName} is disabled.";
        return Redirect("/people");
    }

    private async Task<bool> FindAsync(Guid id)
    {
        if (await users.FindByIdAsync(id.ToString("D")) is not { } person)
            return false;

        Person = person;
        return true;
    }
}
