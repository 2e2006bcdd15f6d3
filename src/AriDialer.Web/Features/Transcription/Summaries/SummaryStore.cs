using AriDialer.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Transcription.Summaries;

/// <summary>Keeps summaries: one a transcript at most, and none of a transcript that is gone.</summary>
internal sealed class SummaryStore(IDbContextFactory<AppDbContext> databases, TimeProvider time)
{
    /// <summary>
    /// How new a transcript is of which a summary is made by itself. Of older ones somebody has to want it: otherwise a model that is set up
    /// late would be given the talk of years, and somebody the bill.
    /// </summary>
    public static readonly TimeSpan ByItself = TimeSpan.FromDays(1);

    /// <summary>The newest transcript that is to be summarized now; null where none is.</summary>
    public async Task<string?> FindWaitingAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = now - ByItself;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Transcripts
            .Where(transcript => transcript.Stage == TranscriptStage.Ready && transcript.Segments.Any()
                && (transcript.Summary == null ? transcript.MadeAt > since
                    : transcript.Summary.Stage == SummaryStage.Waiting && (transcript.Summary.TryAfter == null || transcript.Summary.TryAfter <= now)))
            .OrderByDescending(transcript => transcript.MadeAt).ThenBy(transcript => transcript.RecordingId)
            .Select(transcript => transcript.RecordingId).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Keeps what a model has made of a transcript of that moment; false where there is another one, or none, by now.</summary>
    public Task<bool> KeepAsync(string recordingId, DateTimeOffset? transcriptMadeAt, string model, MadeSummary made, CancellationToken cancellationToken) =>
        ChangeAsync(recordingId, transcriptMadeAt, summary =>
        {
            (summary.Stage, summary.Problem, summary.TryAfter) = (SummaryStage.Ready, null, null);
            (summary.Model, summary.MadeAt) = (model, time.GetUtcNow());
            (summary.Text, summary.Steps) = (made.Text, [.. made.Steps]);
            (summary.EditedById, summary.EditedAt, summary.OriginalText, summary.OriginalSteps) = (null, null, null, null);
        }, cancellationToken);

    /// <summary>Writes down that making it has failed once more: it is tried again after a pause, or not at all.</summary>
    public Task<bool> FailAsync(
        string recordingId, DateTimeOffset? transcriptMadeAt, Func<int, (TimeSpan? Pause, string? Problem)> judge, CancellationToken cancellationToken) =>
        ChangeAsync(recordingId, transcriptMadeAt, summary =>
        {
            summary.Attempts++;
            (var pause, summary.Problem) = judge(summary.Attempts);
            summary.Stage = pause is null ? SummaryStage.Failed : SummaryStage.Waiting;
            summary.TryAfter = time.GetUtcNow() + pause;
        }, cancellationToken);

    /// <summary>Has one made, or made again; what there was stays to be read until then, whoever wrote it.</summary>
    public async Task<bool> WantAsync(string recordingId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (!await database.Transcripts.AnyAsync(one => one.RecordingId == recordingId && one.Stage == TranscriptStage.Ready, cancellationToken))
            return false;

        var summary = await database.Summaries.FindAsync([recordingId], cancellationToken);
        if (summary is null)
            database.Summaries.Add(summary = new SummaryEntry { RecordingId = recordingId });
        (summary.Stage, summary.Attempts, summary.TryAfter, summary.Problem) = (SummaryStage.Waiting, 0, null, null);
        await database.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Puts it right. What the machine wrote is kept.</summary>
    /// <param name="recordingId">Whose it is.</param>
    /// <param name="seen">When what the person has changed was written; null: whenever.</param>
    /// <param name="text">What it says from now on.</param>
    /// <param name="editorId">Who wants it so.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False where it was changed by somebody else since it was seen, or is gone.</returns>
    public async Task<bool> EditAsync(string recordingId, DateTimeOffset seen, MadeSummary text, string editorId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await database.Summaries.FindAsync([recordingId], cancellationToken) is not { Stage: SummaryStage.Ready } summary || VersionOf(summary) != seen)
            return false;

        if (summary.EditedAt is null)
            (summary.OriginalText, summary.OriginalSteps) = (summary.Text, [.. summary.Steps]);
        (summary.Text, summary.Steps) = (text.Text, [.. text.Steps]);
        (summary.EditedById, summary.EditedAt) = (editorId, time.GetUtcNow());
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Puts back what the machine wrote; false where nobody has changed it.</summary>
    public async Task<bool> RestoreAsync(string recordingId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Summaries.FindAsync([recordingId], cancellationToken) is not { OriginalText: { } text } summary)
            return false;

        (summary.Text, summary.Steps) = (text, [.. summary.OriginalSteps ?? []]);
        (summary.EditedById, summary.EditedAt, summary.OriginalText, summary.OriginalSteps) = (null, null, null, null);
        await database.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>When what it says was written.</summary>
    public static DateTimeOffset VersionOf(SummaryEntry summary) => summary.EditedAt ?? summary.MadeAt ?? DateTimeOffset.UnixEpoch;

    private async Task<bool> ChangeAsync(
        string recordingId, DateTimeOffset? transcriptMadeAt, Action<SummaryEntry> change, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        // It takes SQLite's write lock at once: nobody replaces the transcript between the question and the answer.
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (!await database.Transcripts.AnyAsync(one => one.RecordingId == recordingId && one.MadeAt == transcriptMadeAt, cancellationToken))
            return false;

        var summary = await database.Summaries.FindAsync([recordingId], cancellationToken);
        if (summary is null)
            database.Summaries.Add(summary = new SummaryEntry { RecordingId = recordingId });
        change(summary);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
