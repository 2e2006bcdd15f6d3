using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>All that is watched for.</summary>
[Authorize(Policy = Policies.Supervisor)]
internal sealed class KeywordsModel(KeywordDesk desk, KeywordReview review) : PageModel
{
    public IReadOnlyList<KeywordEntry> All { get; private set; } = [];

    public ReviewState? Review => review.State;

    public static string Describe(ReviewState done) => (done.Done, done.Failed) switch
    {
        (0, 0) => "There are no transcripts to be looked through.",
        (var all, 0) => all == 1 ? "One transcript was looked through." : $"{all} transcripts were looked through.",
        (var some, var failed) => $"{some} transcripts were looked through; {failed} could not be: the log says why.",
    };

    public async Task OnGetAsync(CancellationToken cancellationToken) => All = await desk.AllAsync(cancellationToken);

    public IActionResult OnPostReview()
    {
        review.Begin();
        return RedirectToPage();
    }
}
