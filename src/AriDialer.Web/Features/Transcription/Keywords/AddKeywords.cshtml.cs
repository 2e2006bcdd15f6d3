using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>Adds words and phrases to watch for.</summary>
[Authorize(Policy = Policies.Supervisor)]
internal sealed class AddKeywordsModel(KeywordDesk desk) : PageModel
{
    public KeywordForm Form { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Form = new KeywordForm(new KeywordInput(), await desk.TeamsAsync(cancellationToken), IsOne: false);

    public async Task<IActionResult> OnPostAsync([Bind(Prefix = "Input")] KeywordInput input, CancellationToken cancellationToken)
    {
        Form = new KeywordForm(input, await desk.TeamsAsync(cancellationToken), IsOne: false);
        var keywords = input.Read(one: false, Form.Teams.Select(team => team.Id), await desk.AllAsync(cancellationToken), ModelState);
        if (!ModelState.IsValid)
            return Page();

        await desk.AddAsync(keywords, User.UserId());
        TempData["Message"] = keywords.Count == 1 ? "The phrase is watched for." : $"{keywords.Count} phrases are watched for.";
        return RedirectToPage("Keywords");
    }
}
