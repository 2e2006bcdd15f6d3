using System.Globalization;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Recording;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Transcription.Summaries;

/// <summary>What is done to a call's summary from the call's page; it always leads back there.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class SummaryPageModel(RecordingShelf recordings, SummaryStore store, SummaryMaker maker, SummaryKeeper keeper) : PageModel
{
    /// <summary>Under which the call's page finds why something was not taken.</summary>
    public const string ProblemKey = "SummaryProblem";

    public IActionResult OnGet(string id) => Back(id);

    /// <summary>Whoever may write a note may put it right.</summary>
    public Task<IActionResult> OnPostEditAsync(string id, string? text, string? steps, long seen) => DoAsync(id, async recording =>
    {
        var plain = SummaryAnswer.Plain(text, int.MaxValue);
        var lines = (steps ?? "").Split('\n').Select(line => SummaryAnswer.Plain(line, int.MaxValue)).Where(line => line.Length > 0).ToList();
        TempData[ProblemKey] = plain.Length switch
        {
            0 => "Write something first.",
            > SummaryEntry.TextLength => $"A summary may be {SummaryEntry.TextLength} letters long.",
            _ when lines.Count > SummaryEntry.MostSteps => $"There may be {SummaryEntry.MostSteps} next steps.",
            _ when lines.Exists(line => line.Length > SummaryEntry.StepLength) => $"A next step may be {SummaryEntry.StepLength} letters long.",
            _ => null,
        };
        if (TempData[ProblemKey] is null)
        {
            var version = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(seen, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
            if (await store.EditAsync(recording.Id, version, new MadeSummary(plain, lines), User.UserId(), HttpContext.RequestAborted))
                await recordings.NoteAsync(User, AuditActions.SummaryEdited, recording);
            else
                TempData[ProblemKey] = "It was not changed: somebody else has changed it, or it is being made again. This is how it is now.";
        }
    });

    /// <summary>Puts back what the machine wrote.</summary>
    public Task<IActionResult> OnPostRestoreAsync(string id) => DoAsync(id, async recording =>
    {
        if (await store.RestoreAsync(recording.Id, HttpContext.RequestAborted))
            await recordings.NoteAsync(User, AuditActions.SummaryRestored, recording);
    });

    /// <summary>Has it made, for the first time or again.</summary>
    public async Task<IActionResult> OnPostMakeAsync(string id)
    {
        if (!User.SeesAll())
            return Forbid();

        return await DoAsync(id, async recording =>
        {
            if (maker.IsOn && await store.WantAsync(recording.Id, HttpContext.RequestAborted))
            {
                await recordings.NoteAsync(User, AuditActions.SummaryRemade, recording);
                keeper.Hurry();
            }
        });
    }

    /// <summary>For the form's field.</summary>
    public static string Version(SummaryEntry summary) =>
        SummaryStore.VersionOf(summary).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private async Task<IActionResult> DoAsync(string callId, Func<RecordingEntry, Task> what)
    {
        if (await recordings.OfCallAsync(User, callId, HttpContext.RequestAborted) is not { IsPlayable: true } recording)
            return NotFound();

        await what(recording);
        return Back(callId);
    }

    private RedirectResult Back(string callId) => Redirect($"/history/{Uri.EscapeDataString(callId)}#summary");
}
