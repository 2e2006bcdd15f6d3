using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>Changes what is watched for.</summary>
[Authorize(Policy = Policies.Supervisor)]
internal sealed class EditKeywordModel(KeywordDesk desk) : PageModel
{
    public KeywordForm Form { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancellationToken)
    {
        if ((await desk.AllAsync(cancellationToken)).Find(one => one.Id == id) is not { } keyword)
            return NotFound();

        Form = new KeywordForm(KeywordInput.Of(keyword), await desk.TeamsAsync(cancellationToken), IsOne: true);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, [Bind(Prefix = "Input")] KeywordInput input, CancellationToken cancellationToken)
    {
        Form = new KeywordForm(input, await desk.TeamsAsync(cancellationToken), IsOne: true);
        var others = (await desk.AllAsync(cancellationToken)).FindAll(one => one.Id != id);
        var keywords = input.Read(one: true, Form.Teams.Select(team => team.Id), others, ModelState);
        if (!ModelState.IsValid)
            return Page();

        if (!await desk.ChangeAsync(id, keywords[0], User.UserId()))
            return NotFound();

        TempData["Message"] = "Saved.";
        return RedirectToPage("Keywords");
    }
}
