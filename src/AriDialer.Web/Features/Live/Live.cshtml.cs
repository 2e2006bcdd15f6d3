using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Live;

/// <summary>Each call as it happens: a supervisor sees all, an agent their own.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class LiveModel(LiveReading reading) : PageModel
{
    public bool SeesAll => User.SeesAll();

    public bool ReadsAlong => reading.MayRead(User);
}
