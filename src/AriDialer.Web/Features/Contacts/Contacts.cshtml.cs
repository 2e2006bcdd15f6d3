using System.Globalization;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Contacts;

[Authorize(Policy = Policies.Agent)]
internal sealed class ContactsModel(ContactBook book) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Query { get; set; }

    [BindProperty(SupportsGet = true, Name = "of")]
    public ContactScope Scope { get; set; }

    public ContactPage List { get; private set; } = new([], 1, 0, 0);

    public bool IsEverything => string.IsNullOrWhiteSpace(Query) && Scope == ContactScope.All;

    public bool MayChange(Contact contact) => ContactBook.MayChange(contact, User);

    public string WhoseOf(Contact contact) => !contact.IsShared ? "Yours"
        : contact.OwnerId == User.UserId() ? "Shared by you" : $"Shared by {contact.Owner?.DisplayName}";

    public Dictionary<string, string> RouteTo(int page) => new(Route) { ["p"] = page.ToString(CultureInfo.InvariantCulture) };

    /// <summary>The words of the address, for links to the same list.</summary>
    public Dictionary<string, string> Route => new() { ["q"] = Query ?? "", ["of"] = Scope.ToString() };

    public async Task OnGetAsync([FromQuery(Name = "p")] int page = 1) =>
        List = await book.ListAsync(User.UserId(), Query, Scope, page, HttpContext.RequestAborted);
}
