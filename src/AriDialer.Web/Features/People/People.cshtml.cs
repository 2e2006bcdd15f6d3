using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.People;

[Authorize(Policy = Policies.Administrator)]
internal sealed class PeopleModel(
    AppDbContext database, TelephoneNumbers numbers, OpenConnections connections, IOptions<DialingOptions> dialing) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Query { get; set; }

    public IReadOnlyList<Row> People { get; private set; } = [];

    public bool IsAlone { get; private set; }

    public async Task OnGetAsync()
    {
        var people = await database.Users.AsNoTracking()
            .Select(user => new
            {
                User = user,
                Roles = (from userRole in database.UserRoles
                         join role in database.Roles on userRole.RoleId equals role.Id
                         where userRole.UserId == user.Id
                         orderby role.Name
                         select role.Name!).ToList(),
                Passkeys = database.UserPasskeys.Count(passkey => passkey.UserId == user.Id),
                DeskPhones = database.DeskPhones.Count(phone => phone.UserId == user.Id && phone.WithdrawnAt == null),
            })
            .ToListAsync();
        IsAlone = people.Count == 1;
        var query = Query?.Trim() ?? "";
        People = [.. people
            .Where(person => Holds(person.User.DisplayName, query) || Holds(person.User.Email, query) || Holds(person.User.Number, query))
            .OrderBy(person => person.User.DisplayName, StringComparer.OrdinalIgnoreCase)
            .Select(person => new Row(
                person.User.Id, person.User.DisplayName, person.User.Email ?? "",
                person.User.Number is { } number ? numbers.Format(number, dialing.Value.DefaultRegion) : null,
                person.Roles, StateOf(person.User), PersonDevices.Describe(person.Passkeys, person.DeskPhones)))];
    }

    private static bool Holds(string? text, string query) => text?.Contains(query, StringComparison.OrdinalIgnoreCase) == true;

    private string StateOf(AppUser user) =>
        user.Disabled ? "Disabled"
        : user.PasswordHash is null ? "Invited"
        : connections.IsOnline(user.Id) ? "Phone online" : "Phone offline";

    internal sealed record Row(
        string Id, string Name, string Email, string? Number, IReadOnlyList<string> Roles, string State, string Devices);
}
