using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Teams;

/// <summary>Asks before a team is gone.</summary>
[Authorize(Policy = Policies.Administrator)]
internal sealed class DeleteTeamModel(TeamDesk desk, TeamText words) : PageModel
{
    public Team Team { get; private set; } = null!;

    public int Rules { get; private set; }

    public int Keywords { get; private set; }

    public TeamText Words => words;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(id.ToString("D"), cancellationToken) is not { } team)
            return NotFound();

        Team = team;
        (Rules, Keywords) = await desk.BelongingsOfAsync(team.Id, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await desk.DeleteAsync(id.ToString("D"), User.UserId());
        TempData["Message"] = "The team is deleted.";
        return RedirectToPage("Teams");
    }
}
