using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Recording;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Features.Transcription.Summaries;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.History;

[Authorize(Policy = Policies.Agent)]
internal sealed class DetailsModel(
    CallLog log, RecordingShelf recordings, TranscriptDesk transcripts, Colleagues colleagues, Names contacts, TelephoneNumbers numbers,
    TimeProvider time, IOptions<DialingOptions> dialing) : PageModel
{
    public CallRecord Call { get; private set; } = null!;

    public CallText Words { get; private set; } = null!;

    public TimelineText Lines { get; private set; } = null!;

    /// <summary>Null where nothing was recorded, or where this person may not listen.</summary>
    public RecordingSection? Recording { get; private set; }

    /// <summary>Null where there is no recording to be read along with, and where none is made of it.</summary>
    public TranscriptSection? Transcript { get; private set; }

    /// <summary>Those who were in the call, and each of those who only were rung once, however many phones they have.</summary>
    public IReadOnlyList<CallParticipant> People { get; private set; } = [];

    /// <summary>It rang at this person's phones too, and somebody else of the team answered.</summary>
    public bool IsAnsweredElsewhere { get; private set; }

    [Display(Name = "A note of yours")]
    [MaxLength(CallNote.TextLength)]
    public string? Text { get; set; }

    public async Task<IActionResult> OnGetAsync(string id) => await FindAsync(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(
        string id,
        [Required(ErrorMessage = "Write something first.")]
        [StringLength(CallNote.TextLength, ErrorMessage = "A note may be 2000 letters long.")]
        string text)
    {
        Text = text;
        if (!await FindAsync(id))
            return NotFound();

        if (!ModelState.IsValid || string.IsNullOrWhiteSpace(text))
            return Page();

        await log.AddNoteAsync(new CallNote { CallId = Call.Id, AuthorId = User.UserId(), Text = text.Trim(), WrittenAt = time.GetUtcNow() });
        return Redirect($"/history/{Uri.EscapeDataString(Call.Id)}");
    }

    private async Task<bool> FindAsync(string id)
    {
        if (await log.FindAsync(User, id) is not { } call)
            return false;

        Call = call;
        IsAnsweredElsewhere = call.TeamName is not null && (await log.AnsweredElsewhereAsync(User.UserId(), [call])).Count > 0;
        var me = await colleagues.ByIdAsync(User.UserId(), HttpContext.RequestAborted);
        Words = new CallText(numbers, me?.Region ?? dialing.Value.DefaultRegion);
        await Words.RecogniseAsync(User.UserId(), contacts, [call]);
        var joined = call.Participants.Where(one => one.JoinedAt is not null).OrderBy(one => one.JoinedAt).ThenBy(one => one.ChannelId).ToList();
        var rung = call.Participants.Where(one => one.JoinedAt is null && !joined.Any(other => IsSame(one, other)))
            .DistinctBy(one => (one.UserId, one.UserId is null ? one.Number : null));
        People = [.. joined, .. rung];
        await ReadNamesAsync(call);
        if (await recordings.OfCallAsync(User, id, HttpContext.RequestAborted) is { } recorded)
        {
            Recording = RecordingSection.Of(recorded, call, Words, User, recordings.MayDownload(User), TempData[CallRecordingPageModel.ProblemKey] as string);
            Transcript = await transcripts.SectionAsync(
                User, recorded, call, Words, TempData[SummaryPageModel.ProblemKey] as string, HttpContext.RequestAborted);
        }

        return true;
    }

    private async Task ReadNamesAsync(CallRecord call)
    {
        var names = await log.NamesAsync(
            [.. call.Events.SelectMany(line => new[] { line.ByUserId, line.WhoUserId }).OfType<string>().Distinct()]);
        Lines = new TimelineText((userId, number, name) =>
            (userId is null ? Words.Known(number) : null) ?? name ?? (userId is null ? null : names.GetValueOrDefault(userId)) ?? Words.Number(number));
    }

    private static bool IsSame(CallParticipant one, CallParticipant other) =>
        one.UserId is null ? other.UserId is null && one.Number == other.Number : one.UserId == other.UserId;
}
