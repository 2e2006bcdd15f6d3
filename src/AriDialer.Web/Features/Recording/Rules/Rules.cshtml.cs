using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Recording.Rules;

/// <summary>The rules of what is recorded, in their order.</summary>
[Authorize(Policy = Policies.Administrator)]
internal sealed class RulesModel(RecordingRules rules, RuleDesk desk, RuleText words) : PageModel
{
    public RuleBook Book { get; private set; } = null!;

    public RuleText Words => words;

    public async Task OnGetAsync(CancellationToken cancellationToken) => Book = await rules.ReadAsync(cancellationToken);

    public Task<IActionResult> OnPostUpAsync(long id) => MoveAsync(id, up: true);

    public Task<IActionResult> OnPostDownAsync(long id) => MoveAsync(id, up: false);

    private async Task<IActionResult> MoveAsync(long id, bool up)
    {
        await desk.MoveAsync(id, up, User.UserId());
        return RedirectToPage();
    }
}
