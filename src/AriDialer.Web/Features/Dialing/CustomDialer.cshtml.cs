using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Dialing;

/// <summary>The dialer's earlier address, which bookmarks still have.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class CustomDialerModel : PageModel
{
    public IActionResult OnGet() => RedirectToPagePermanent("/Dialing/Dialer");
}
