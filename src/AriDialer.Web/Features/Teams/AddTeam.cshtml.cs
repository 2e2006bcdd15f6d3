using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Teams;

/// <summary>Adds a team.</summary>
[Authorize(Policy = Policies.Administrator)]
internal sealed class AddTeamModel(TeamDesk desk, TeamReader reader, AppDbContext database) : PageModel
{
    public TeamForm Form { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) => Form = await TeamForm.OfAsync(new TeamInput(), database, cancellationToken);

    public async Task<IActionResult> OnPostAsync([Bind(Prefix = "Input")] TeamInput input, CancellationToken cancellationToken)
    {
        Form = await TeamForm.OfAsync(input, database, cancellationToken);
        if (!ModelState.IsValid || await reader.ReadAsync(input, null, ModelState, cancellationToken) is not { } team)
            return Page();

        await desk.AddAsync(team, User.UserId());
        TempData["Message"] = $"The team {team.Name} is added.";
        return RedirectToPage("Teams");
    }
}
