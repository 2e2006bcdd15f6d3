using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Recording.Rules;

/// <summary>What the fields of a rule need to be shown.</summary>
internal sealed record RuleForm(RuleInput Input, IReadOnlyList<SelectListItem> People, IReadOnlyList<SelectListItem> Teams)
{
    public static IReadOnlyList<SelectListItem> Directions { get; } =
        [.. RuleText.Directions.Select(direction => new SelectListItem(direction.Value, direction.Key.ToString()))];

    public static IReadOnlyList<SelectListItem> Modes { get; } =
    [
        new("Never", nameof(RecordingMode.Never)),
        new("On demand", nameof(RecordingMode.OnDemand)),
        new("Always", nameof(RecordingMode.Always)),
    ];

    public static IEnumerable<string> CountryNames => Countries.ByName.Select(country => country.Value);

    /// <summary>The form with the teams and people a rule can be for: those too who are disabled, as calls of theirs may still be kept.</summary>
    public static async Task<RuleForm> OfAsync(RuleInput input, AppDbContext database, CancellationToken cancellationToken) => new(
        input,
        await database.Users.OrderBy(user => user.DisplayName)
            .Select(user => new SelectListItem(user.Disabled ? user.DisplayName + " (disabled)" : user.DisplayName, user.Id))
            .ToListAsync(cancellationToken),
        await database.Teams.OrderBy(team => team.Name).Select(team => new SelectListItem(team.Name, team.Id)).ToListAsync(cancellationToken));
}
