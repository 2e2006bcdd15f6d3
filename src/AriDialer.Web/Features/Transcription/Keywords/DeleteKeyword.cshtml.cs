using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>Asks before a keyword is gone.</summary>
[Authorize(Policy = Policies.Supervisor)]
internal sealed class DeleteKeywordModel(KeywordDesk desk) : PageModel
{
    public string Phrase { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        if ((await desk.AllAsync(cancellationToken)).Find(one => one.Id == id) is not { } keyword)
            return NotFound();

        Phrase = keyword.Phrase;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id)
    {
        await desk.DeleteAsync(id, User.UserId());
        TempData["Message"] = "The keyword is deleted.";
        return RedirectToPage("Keywords");
    }
}
