using System.Globalization;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Recording;

/// <summary>What is done to a call's recording from the call's page; it always leads back there.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class CallRecordingPageModel(RecordingShelf shelf) : PageModel
{
    /// <summary>Under which the call's page finds why a comment was not taken.</summary>
    public const string ProblemKey = "CommentProblem";

    public IActionResult OnGet([FromRoute] string id) => Back(id);

    public Task<IActionResult> OnPostCommentAsync([FromRoute] string id, string? at, string? text) => DoAsync(id, async row =>
    {
        var said = text?.Trim() ?? "";
        if (said.Length is 0 or > RecordingComment.TextLength)
            TempData[ProblemKey] = said.Length == 0 ? "Write something first." : $"A comment may be {RecordingComment.TextLength} letters long.";
        else if (!double.TryParse(at, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            TempData[ProblemKey] = "Say at which second, such as 83.";
        else
            await shelf.CommentAsync(User, row, seconds, said, HttpContext.RequestAborted);
    });

    public Task<IActionResult> OnPostDeleteCommentAsync([FromRoute] string id, [FromForm(Name = "id")] long comment) =>
        DoAsync(id, row => shelf.DeleteCommentAsync(User, row, comment, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostHoldAsync([FromRoute] string id) => HoldAsync(id, isHeld: true);

    public Task<IActionResult> OnPostReleaseAsync([FromRoute] string id) => HoldAsync(id, isHeld: false);

    private async Task<IActionResult> HoldAsync(string id, bool isHeld) =>
        User.SeesAll() ? await DoAsync(id, row => shelf.HoldAsync(User, row, isHeld, HttpContext.RequestAborted)) : Forbid();

    private async Task<IActionResult> DoAsync(string callId, Func<RecordingEntry, Task> what)
    {
        if (await shelf.OfCallAsync(User, callId, HttpContext.RequestAborted) is not { } row)
            return NotFound();

        await what(row);
        return Back(callId);
    }

    private RedirectResult Back(string callId) => Redirect($"/history/{Uri.EscapeDataString(callId)}#recording");
}
