using AriDialer.Calls.Stasis;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Live;

/// <summary>Each call as it happens: a supervisor sees all, an agent their own.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class LiveModel(LiveReading reading, Admission admission, TimeProvider time) : PageModel
{
    public bool SeesAll => User.SeesAll();

    /// <summary>Calls that there was no room for; null where that is not this person's business.</summary>
    public RefusedView? Refused => SeesAll ? RefusedView.Of(admission.Refused, time.GetUtcNow()) : null;

    public bool ReadsAlong => reading.MayRead(User);
}
