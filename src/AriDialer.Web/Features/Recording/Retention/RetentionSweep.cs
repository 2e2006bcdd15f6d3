using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Rules;
using AriDialer.Web.Features.Recording.Storage;
using AriDialer.Web.Features.Transcription;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Recording.Retention;

/// <summary>Lets go of the recordings whose time is over: their sound, their waveform, how people talked in them, what was said and what was written about them. The row stays and says so.</summary>
internal sealed partial class RetentionSweep(
    IDbContextFactory<AppDbContext> databases,
    DueRecordings due,
    RecordingVault vault,
    TranscriptStore transcripts,
    RuleText words,
    TimeProvider time,
    ILogger<RetentionSweep> log)
    : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Lets go of all whose time is over now. One that fails is tried again the next time; the others go on.</summary>
    /// <param name="actorId">Who wanted it; null for the daily job.</param>
    /// <param name="cancellationToken">Ends it after the recording at which it is.</param>
    public async Task<SweepResult> RunAsync(string? actorId, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var result = new SweepResult(default, 0);
            await foreach (var one in due.FindAsync(time.GetUtcNow(), cancellationToken))
            {
                result = await TryLetGoAsync(one, actorId, cancellationToken) switch
                {
                    true => result with { Gone = result.Gone.With(one.Recording) },
                    false => result with { Failed = result.Failed + 1 },
                    null => result,
                };
            }

            if (result.Gone.Count > 0 || result.Failed > 0)
                LogDone(result.Gone.Count, result.Failed);
            return result;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    // Null: in the meantime somebody else has let it go, or wants it kept.
    private async Task<bool?> TryLetGoAsync(DueRecording one, string? actorId, CancellationToken cancellationToken)
    {
        try
        {
            return await LetGoAsync(one, actorId, cancellationToken) ? true : null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it was, a broken file or a store that does not answer: it must not keep the others for longer than is allowed.
            LogFailed(e, one.Recording.Id);
            return false;
        }
    }

    private async Task<bool> LetGoAsync(DueRecording one, string? actorId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var row = await database.Recordings.Include(recording => recording.Comments).Include(recording => recording.Talk)
            .SingleOrDefaultAsync(recording => recording.Id == one.Recording.Id && recording.DeletedAt == null && !recording.LegalHold, cancellationToken);
        if (row is null)
            return false;

        await vault.DeleteAsync(row.Id, cancellationToken);

        // The row, what was written about it and the audit's entry together, and whoever wants to stop now: the file is gone.
        (row.Waveform, row.SealedKey, row.Talk, row.DeletedAt) = (null, null, null, time.GetUtcNow());
        database.RecordingComments.RemoveRange(row.Comments);
        database.Audit.Add(new AuditEntry
        {
            At = time.GetUtcNow(),
            ActorId = actorId,
            Action = AuditActions.RecordingDeleted,
            SubjectId = SubjectOf(one.Recording.Call),
            Detail = $"Of call {row.CallId}, by rule {one.Rule.Position}: {words.Of(one.Rule)}",
        });
        await database.SaveChangesAsync(CancellationToken.None);
        await transcripts.DeleteAsync(row.Id, CancellationToken.None);
        return true;
    }

    private static string SubjectOf(CallRecord call) =>
        (call.Direction == CallDirection.Inbound ? call.CalleeUserId ?? call.CallerUserId : call.CallerUserId ?? call.CalleeUserId) ?? "";

    [LoggerMessage(Level = LogLevel.Information, Message = "{Recordings} recordings were let go; {Failed} could not be")]
    private partial void LogDone(int recordings, int failed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Recording {RecordingId} could not be let go; the next sweep tries again")]
    private partial void LogFailed(Exception e, string recordingId);
}
