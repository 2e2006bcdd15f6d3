using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Account;

/// <summary>The start: where a person works.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class IndexModel : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/dialer");
}
