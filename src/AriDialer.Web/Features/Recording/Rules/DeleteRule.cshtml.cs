using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Recording.Rules;

/// <summary>Asks before a rule is gone.</summary>
[Authorize(Policy = Policies.Administrator)]
internal sealed class DeleteRuleModel(RuleDesk desk, RuleText words) : PageModel
{
    public string Words { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(id, cancellationToken) is not { } rule)
            return NotFound();

        Words = words.Of(rule);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id)
    {
        await desk.DeleteAsync(id, User.UserId());
        TempData["Message"] = "The rule is deleted.";
        return RedirectToPage("Rules");
    }
}
