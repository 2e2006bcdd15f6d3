using AriDialer.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>Flags stored transcripts: each as it is stored, and those that are there when keywords have changed.</summary>
internal sealed class KeywordFlags(KeywordWatch watch, IDbContextFactory<AppDbContext> databases)
{
    /// <summary>Puts what is found in a transcript in place of what was found before. The caller saves it, with the transcript.</summary>
    public async Task RenewAsync(
        AppDbContext database, TranscriptEntry transcript, IReadOnlyCollection<TranscriptSegmentEntry> segments, CancellationToken cancellationToken)
    {
        await database.KeywordHits.Where(hit => hit.RecordingId == transcript.RecordingId).ExecuteDeleteAsync(cancellationToken);
        var call = await database.Recordings.Where(recording => recording.Id == transcript.RecordingId)
            .Join(database.Calls, recording => recording.CallId, call => call.Id, (_, call) => new
            {
                call.TeamId,
                call.CallerUserId,
                call.CalleeUserId,
                Others = call.Participants.Where(one => one.JoinedAt != null).Select(one => one.UserId).ToList(),
            })
            .SingleAsync(cancellationToken);
        var userIds = call.Others.Append(call.CallerUserId).Append(call.CalleeUserId).OfType<string>().ToHashSet();
        var book = await KeywordBook.ReadAsync(database, watch.Book, cancellationToken);
        transcript.Hits.Clear();
        transcript.Hits.AddRange(book.FindAll(userIds, call.TeamId, segments).Select(hit => new KeywordHitEntry
        {
            RecordingId = transcript.RecordingId,
            Phrase = hit.Keyword.Phrase,
            Tone = hit.Keyword.Tone,
            Side = hit.Side,
            From = hit.From,
            To = hit.To,
            Text = hit.Text,
        }));
    }

    /// <summary>Looks through a transcript again; nothing where it is gone meanwhile.</summary>
    public async Task RenewAsync(string recordingId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        // It takes SQLite's write lock at once: the transcript that is read is the one that is flagged.
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var transcript = await database.Transcripts.SingleOrDefaultAsync(
            one => one.RecordingId == recordingId && one.Stage == TranscriptStage.Ready, cancellationToken);
        if (transcript is null)
            return;

        var segments = await database.TranscriptSegments.AsNoTracking().Where(segment => segment.RecordingId == recordingId).ToListAsync(cancellationToken);
        await RenewAsync(database, transcript, segments, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
