using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Teams;

/// <summary>The teams, and who is in them.</summary>
[Authorize(Policy = Policies.Administrator)]
internal sealed class TeamsModel(TeamDesk desk, TeamText words, AppDbContext database) : PageModel
{
    private Dictionary<string, string> _names = [];

    public IReadOnlyList<Team> Teams { get; private set; } = [];

    public TeamText Words => words;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Teams = await desk.AllAsync(cancellationToken);
        _names = await database.Users.ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellationToken);
    }

    public string Unanswered(Team team) => words.Unanswered(team.WhenUnanswered, _names.GetValueOrDefault);
}
