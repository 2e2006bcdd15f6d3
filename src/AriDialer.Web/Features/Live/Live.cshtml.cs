using AriDialer.Calls.Stasis;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Live;

/// <summary>Each call as it happens: a supervisor sees all, an agent their own.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class LiveModel(LiveReading reading, Admission admission, TimeProvider time) : PageModel
{
    private static readonly TimeSpan RefusalsAreNewsFor = TimeSpan.FromDays(1);

    public bool SeesAll => User.SeesAll();

    /// <summary>Calls that were refused because more came than can be served, and when the last was; null where that is no news, or not this person's business.</summary>
    public (long Count, DateTimeOffset LastAt)? Refused =>
        SeesAll && admission.Refused is { Count: > 0 } refused && time.GetUtcNow() - refused.LastAt < RefusalsAreNewsFor ? refused : null;

    public bool ReadsAlong => reading.MayRead(User);
}
