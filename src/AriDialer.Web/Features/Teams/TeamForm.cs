using AriDialer.Web.Data;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Teams;

/// <summary>What the fields of a team need to be shown.</summary>
internal sealed record TeamForm(TeamInput Input, IReadOnlyList<TeamForm.Person> People)
{
    public static IReadOnlyList<SelectListItem> Choices { get; } =
    [
        new("Nobody else is rung", nameof(ForwardTo.Off)),
        new("Ring a colleague", nameof(ForwardTo.Colleague)),
        new("Ring a number", nameof(ForwardTo.Number)),
        new("A member's voicemail", nameof(ForwardTo.Voicemail)),
    ];

    public IEnumerable<SelectListItem> Colleagues => People.Where(person => !person.IsDisabled).Select(person => new SelectListItem(person.Name, person.Id));

    /// <summary>Everybody, those who are disabled with a word that says so: they may come back.</summary>
    public static async Task<TeamForm> OfAsync(TeamInput input, AppDbContext database, CancellationToken cancellationToken) => new(
        input,
        [.. (await database.Users.Select(user => new Person(user.Id, user.DisplayName, user.Disabled)).ToListAsync(cancellationToken))
            .Where(person => !person.IsDisabled || input.Members.Contains(person.Id))
            .OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase)]);

    internal sealed record Person(string Id, string Name, bool IsDisabled);
}
