using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Transcription.Engines;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Transcription.EnginePages;

/// <summary>Asks before a rule is gone.</summary>
[Authorize(Policy = Policies.Administrator)]
internal sealed class DeleteCallsModel(EngineDesk desk) : PageModel
{
    public string Begins { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        if (await desk.FindRuleAsync(id, cancellationToken) is not { NumberBegins.Length: > 0 } rule)
            return NotFound();

        Begins = rule.NumberBegins;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id)
    {
        await desk.DeleteRuleAsync(id, User.UserId());
        TempData["Message"] = "The rule is deleted.";
        return RedirectToPage("Engines");
    }
}
