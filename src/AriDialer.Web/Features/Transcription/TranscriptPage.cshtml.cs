using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Recording;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Transcription;

/// <summary>What is done to a call's transcript from the call's page; it always leads back there.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class TranscriptPageModel(RecordingShelf recordings, TranscriptStore store, TranscriptionKeeper keeper) : PageModel
{
    public IActionResult OnGet(string id) => Back(id);

    /// <summary>Has one that failed made after all.</summary>
    public async Task<IActionResult> OnPostRetryAsync(string id)
    {
        if (!User.SeesAll())
            return Forbid();
        if (await recordings.OfCallAsync(User, id, HttpContext.RequestAborted) is not { } recording)
            return NotFound();

        if (await store.ReadAsync(recording.Id, HttpContext.RequestAborted) is { Stage: TranscriptStage.Failed })
        {
            await store.DeleteAsync(recording.Id, HttpContext.RequestAborted);
            await recordings.NoteAsync(User, AuditActions.TranscriptRetried, recording);
            keeper.Hurry();
        }

        return Back(id);
    }

    private RedirectResult Back(string callId) => Redirect($"/history/{Uri.EscapeDataString(callId)}#transcript");
}
