using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Recents;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Dialing;

/// <summary>The phone with room around it: who is free, and the last calls.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class DialerModel(RecentCalls recent, Colleagues colleagues, IOptions<DialingOptions> dialing) : PageModel
{
    public IReadOnlyList<RecentCall> Recent { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var me = await colleagues.ByIdAsync(User.UserId(), HttpContext.RequestAborted);
        Recent = await recent.OfAsync(User.UserId(), me?.Region ?? dialing.Value.DefaultRegion, HttpContext.RequestAborted);
    }
}
