using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.History;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Recording.Retention;

/// <summary>Asks before recordings are let go at once.</summary>
[Authorize(Policy = Policies.Administrator)]
internal sealed class LetGoModel(RetentionViews views, RetentionSweep sweep) : PageModel
{
    public RecordingSum Sum { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) => Sum = await views.NowAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var result = await sweep.RunAsync(User.UserId(), cancellationToken);
        TempData["Message"] = Describe(result);
        return RedirectToPage("Retention");
    }

    public static string Recordings(int count) => count == 1 ? "1 recording" : $"{count} recordings";

    private static string Describe(SweepResult result)
    {
        var gone = result.Gone.Count == 0
            ? "Nothing was let go."
            : $"{Recordings(result.Gone.Count)} let go, {CallText.Duration(result.Gone.Length)} in all.";
        return result.Failed == 0 ? gone : $"{gone} {Recordings(result.Failed)} could not be: the log says why, and the next sweep tries again.";
    }
}
