using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Rules;
using AriDialer.Web.Features.Transcription.Keywords;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Transcription;

/// <summary>Keeps transcripts: one a recording, and none of a recording whose sound is gone.</summary>
internal sealed class TranscriptStore(IDbContextFactory<AppDbContext> databases, KeywordFlags flags, TimeProvider time)
{
    /// <summary>Raised when a transcript can be read. Listeners do not wait and do not throw.</summary>
    public event Action? Stored;

    /// <summary>
    /// The newest recording whose transcript is to be made now and can be, with the other side's number; null where there is none.
    /// </summary>
    /// <param name="isMade">Whether a recording's transcript, by the recording's id, is being made already.</param>
    /// <param name="canMake">Whether something is there to listen to calls with this other side.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<(RecordingEntry Recording, string? FarNumber)?> FindWaitingAsync(
        Func<string, bool> isMade, Func<string?, bool> canMake, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        // A recording itself is large, and of all that wait one is taken.
        var waiting = Playable(database)
            .Where(recording => !database.Transcripts.Any(transcript =>
                transcript.RecordingId == recording.Id && (transcript.Stage != TranscriptStage.Waiting || transcript.TryAfter > now)))
            .OrderByDescending(recording => recording.StartedAt).ThenBy(recording => recording.Id)
            .Join(database.Calls.AsNoTracking(), recording => recording.CallId, call => call.Id, (recording, call) => new { recording.Id, Call = call })
            .AsAsyncEnumerable();
        await foreach (var one in waiting.WithCancellation(cancellationToken))
        {
            if (isMade(one.Id))
                continue;

            var farNumber = RuledCall.Of(one.Call).OtherNumber;
            if (canMake(farNumber) && await database.Recordings.AsNoTracking().SingleAsync(recording => recording.Id == one.Id, cancellationToken) is var recording)
                return (recording, farNumber);
        }

        return null;
    }

    /// <summary>A recording's transcript with all that was said, in the order of time; null where it was never tried.</summary>
    public async Task<TranscriptEntry?> ReadAsync(string recordingId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Transcripts.AsNoTracking()
            .Include(transcript => transcript.Segments.OrderBy(segment => segment.From).ThenBy(segment => segment.To).ThenBy(segment => segment.Id))
            .Include(transcript => transcript.Hits.OrderBy(hit => hit.From).ThenBy(hit => hit.Id))
            .Include(transcript => transcript.Summary).ThenInclude(summary => summary!.EditedBy)
            .AsSplitQuery()
            .SingleOrDefaultAsync(transcript => transcript.RecordingId == recordingId, cancellationToken);
    }

    /// <summary>
    /// Keeps what was understood, in place of what was kept before. False where the recording has been deleted meanwhile: then nothing is
    /// kept.
    /// </summary>
    public async Task<bool> ReplaceAsync(string recordingId, RecordingWords words, CancellationToken cancellationToken)
    {
        var isKept = await ChangeAsync(recordingId, async (database, transcript) =>
        {
            (transcript.Stage, transcript.Problem, transcript.TryAfter) = (TranscriptStage.Ready, null, null);
            (transcript.Engine, transcript.Language, transcript.MadeAt) = (words.Engine, words.Language, time.GetUtcNow());
            transcript.Segments.AddRange(TranscriptRows.Of(recordingId, words.Said));
            await flags.RenewAsync(database, transcript, transcript.Segments, cancellationToken);
            // One that a person has put right stays; another is made of what is there now.
            await database.Summaries.Where(summary => summary.RecordingId == recordingId && summary.EditedAt == null).ExecuteDeleteAsync(cancellationToken);
        }, cancellationToken);
        if (isKept)
            Stored?.Invoke();
        return isKept;
    }

    /// <summary>Writes down that making it has failed once more: it is tried again after a pause, or not at all.</summary>
    public Task<bool> FailAsync(string recordingId, Func<int, (TimeSpan? Pause, string? Problem)> judge, CancellationToken cancellationToken) =>
        ChangeAsync(recordingId, (_, transcript) =>
        {
            transcript.Attempts++;
            (var pause, transcript.Problem) = judge(transcript.Attempts);
            transcript.Stage = pause is null ? TranscriptStage.Failed : TranscriptStage.Waiting;
            transcript.TryAfter = time.GetUtcNow() + pause;
            return Task.CompletedTask;
        }, cancellationToken);

    /// <summary>
    /// Deletes a transcript, from the search too. Of a recording that can still be played a new one will be made, so whoever deletes a
    /// recording first sets its <see cref="RecordingEntry.DeletedAt"/>.
    /// </summary>
    public async Task DeleteAsync(string recordingId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Transcripts.Where(transcript => transcript.RecordingId == recordingId).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<bool> ChangeAsync(
        string recordingId, Func<AppDbContext, TranscriptEntry, Task> change, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        // It takes SQLite's write lock at once: nobody deletes the recording between the question and the answer.
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (!await Playable(database).AnyAsync(recording => recording.Id == recordingId, cancellationToken))
            return false;

        await database.TranscriptSegments.Where(segment => segment.RecordingId == recordingId).ExecuteDeleteAsync(cancellationToken);
        await database.KeywordHits.Where(hit => hit.RecordingId == recordingId).ExecuteDeleteAsync(cancellationToken);
        var transcript = await database.Transcripts.FindAsync([recordingId], cancellationToken);
        if (transcript is null)
            database.Transcripts.Add(transcript = new TranscriptEntry { RecordingId = recordingId });

        await change(database, transcript);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static IQueryable<RecordingEntry> Playable(AppDbContext database) =>
        database.Recordings.Where(recording => recording.Stage == RecordingStage.Ready && recording.DeletedAt == null);
}
