using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Teams;

/// <summary>Changes a team.</summary>
[Authorize(Policy = Policies.Administrator)]
internal sealed class EditTeamModel(TeamDesk desk, TeamReader reader, TeamText words, AppDbContext database) : PageModel
{
    public Team Team { get; private set; } = null!;

    public TeamForm Form { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken))
            return NotFound();

        Form = await TeamForm.OfAsync(TeamInput.Of(Team, words.Number), database, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, [Bind(Prefix = "Input")] TeamInput input, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken))
            return NotFound();

        Form = await TeamForm.OfAsync(input, database, cancellationToken);
        if (!ModelState.IsValid || await reader.ReadAsync(input, Team.Id, ModelState, cancellationToken) is not { } team)
            return Page();

        if (!await desk.ChangeAsync(Team.Id, team, User.UserId()))
            return NotFound();

        TempData["Message"] = "Saved.";
        return RedirectToPage("Teams");
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(id.ToString("D"), cancellationToken) is not { } team)
            return false;

        Team = team;
        return true;
    }
}
