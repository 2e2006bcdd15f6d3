using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Dialing;

/// <summary>The phone with the page to itself.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class DialerModel : PageModel;
