using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Contacts;

/// <summary>The contacts of a list as a table for a spreadsheet, which can be imported again.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class ExportContactsModel(ContactBook book) : PageModel
{
    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "q")] string? text, [FromQuery(Name = "of")] ContactScope scope) => File(
        ContactCsv.Write(await book.ExportAsync(User.UserId(), text, scope, HttpContext.RequestAborted)), "text/csv; charset=utf-8", "contacts.csv");
}
