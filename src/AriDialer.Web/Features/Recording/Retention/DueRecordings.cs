using System.Runtime.CompilerServices;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Rules;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Recording.Retention;

/// <summary>Finds the recordings whose time is over: for the page that shows them as for the sweep that lets them go.</summary>
internal sealed class DueRecordings(IDbContextFactory<AppDbContext> databases, RecordingRules rules)
{
    private const int BatchSize = 200;

    /// <summary>Those whose time is over at a moment, by their calls' ends. What is under legal hold is not among them.</summary>
    /// <remarks>Read in batches, each by the rules as they then are: nothing is open in between, however long each takes.</remarks>
    public async IAsyncEnumerable<DueRecording> FindAsync(DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        KeptRecording? last = null;
        while (true)
        {
            var book = await rules.ReadAsync(cancellationToken);
            if (book.ShortestKeepDays is not { } days)
                yield break;

            var batch = await ReadAsync(until.AddDays(-days), last, cancellationToken);
            foreach (var recording in batch)
            {
                if (DueRecording.Of(recording, book) is { } due && due.GoesAt <= until)
                    yield return due;
            }

            if (batch.Count < BatchSize)
                yield break;

            last = batch[^1];
        }
    }

    /// <summary>The recordings that can be played, by their calls' ends.</summary>
    public static IQueryable<KeptRecording> Kept(AppDbContext database, bool onHold) =>
        from recording in database.Recordings.AsNoTracking()
        join call in database.Calls.AsNoTracking() on recording.CallId equals call.Id
        where recording.Stage == RecordingStage.Ready && recording.DeletedAt == null && recording.LegalHold == onHold
        orderby call.EndedAt, recording.Id
        select new KeptRecording { Id = recording.Id, Seconds = recording.Seconds ?? 0, Call = call };

    private async Task<List<KeptRecording>> ReadAsync(DateTimeOffset endedBefore, KeptRecording? last, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var kept = Kept(database, onHold: false).Where(recording => recording.Call.EndedAt <= endedBefore);
        if (last is { Id: var id, Call.EndedAt: { } ended })
            kept = kept.Where(one => one.Call.EndedAt > ended || one.Call.EndedAt == ended && string.Compare(one.Id, id) > 0);

        return await kept.Take(BatchSize).ToListAsync(cancellationToken);
    }
}
