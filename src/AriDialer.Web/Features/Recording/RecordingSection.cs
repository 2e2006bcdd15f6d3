using System.Security.Claims;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.Recording.Talk;

namespace AriDialer.Web.Features.Recording;

/// <summary>What a call's page says about its recording: the player, or a sentence where there is nothing to play.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Player">Null where nothing can be played.</param>
/// <param name="Sentence">What there is to say instead; null beside a player.</param>
/// <param name="LegalHold">It is kept whatever rule would let it go.</param>
/// <param name="MayHold">This person may say so.</param>
internal sealed record RecordingSection(string CallId, RecordingPlayerModel? Player, string? Sentence, bool LegalHold, bool MayHold)
{
    /// <summary>How both sides talked; null where nothing can be played, or where it was not counted.</summary>
    public TalkView? Talk { get; init; }

    public static RecordingSection Of(RecordingEntry row, CallRecord call, CallText words, ClaimsPrincipal person, bool mayDownload, string? commentProblem)
    {
        var mayHold = person.SeesAll() && row.DeletedAt is null && row.Stage != RecordingStage.Failed;
        var player = row is { IsPlayable: true, StartedAt: { } start } ? PlayerOf(row, start, call, words, person, mayDownload, commentProblem) : null;
        return new RecordingSection(call.Id, player, player is null ? SentenceOf(row) : null, row.LegalHold, mayHold)
        {
            Talk = player is not null && row.Talk is { } talk ? new TalkView(talk, Speakers.Of(call, words)) : null,
        };
    }

    private static string SentenceOf(RecordingEntry row) => row switch
    {
        { DeletedAt: not null } => "This call was recorded. The recording is no longer kept.",
        { Stage: RecordingStage.Recording } => "This call is being recorded. It can be played here once it is over.",
        { Stage: RecordingStage.Waiting } => "The recording is being put together. Reload the page in a moment.",
        _ => "This call was recorded, but nothing of it could be kept: the telephone system has lost it, or its disk was full.",
    };

    private static RecordingPlayerModel PlayerOf(
        RecordingEntry row, DateTimeOffset start, CallRecord call, CallText words, ClaimsPrincipal person, bool mayDownload, string? commentProblem)
    {
        var speakers = Speakers.Of(call, words);
        var seconds = row.Seconds ?? 0;
        var page = $"/history/{Uri.EscapeDataString(call.Id)}/recording";
        return new RecordingPlayerModel(
            $"/recordings/{row.Id}/audio", $"/recordings/{row.Id}/waveform", seconds, start, speakers.Left, speakers.Right)
        {
            DownloadUrl = mayDownload ? $"/recordings/{row.Id}/file" : null,
            IsPartial = row.IsPartial,
            Sentence = row.IsPartial ? "Something of this recording is missing: the telephone system was interrupted, or its disk was full." : null,
            Pauses = [.. row.Pauses.OrderBy(pause => pause.From).Select(pause => new PlayerPause(
                Math.Clamp((pause.From - start).TotalSeconds, 0, seconds),
                pause.To is { } to ? Math.Clamp((to - start).TotalSeconds, 0, seconds) : seconds)).Where(pause => pause.To > pause.From)],
            Comments = [.. row.Comments.Select(comment => new PlayerComment(
                $"{comment.Id}", comment.AtSeconds, comment.Author?.DisplayName ?? "", comment.Text, comment.AuthorId == person.UserId()))],
            CommentUrl = $"{page}?handler=Comment",
            DeleteCommentUrl = $"{page}?handler=DeleteComment",
            CommentProblem = commentProblem,
        };
    }
}
