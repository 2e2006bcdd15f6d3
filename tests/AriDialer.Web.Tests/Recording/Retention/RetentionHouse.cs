using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Storage;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Recording.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Web.Tests.Recording.Retention;

/// <summary>A house with recordings that were kept, each with its file; it is noon.</summary>
internal sealed class RetentionHouse : IAsyncDisposable
{
    private RetentionHouse(TestApp app, FakeTimeProvider time) => (App, Time) = (app, time);

    public TestApp App { get; }

    public FakeTimeProvider Time { get; }

    public RecordingVault Vault => App.Get<RecordingVault>();

    public static async Task<RetentionHouse> StartAsync()
    {
        var time = new FakeTimeProvider(Some.Noon);
        return new RetentionHouse(await TestApp.StartAsync(time: time), time);
    }

    /// <summary>A recording of a call that ended so many days ago, called by the same name.</summary>
    public async Task AddAsync(
        string id, double daysAgo, CallDirection direction = CallDirection.Inbound, string? ours = null, string other = "+442079460123",
        bool onHold = false, RecordingStage stage = RecordingStage.Ready, params string[] comments)
    {
        var ended = Some.Noon.AddDays(-daysAgo);
        var key = await Vault.StoreAsync(id, new MemoryStream(StoreAccess.Sound(100)), CancellationToken.None);
        var (caller, callee) = direction == CallDirection.Inbound ? ((string?)null, ours) : (ours, null);
        await App.WithDatabaseAsync(async database =>
        {
            database.Calls.Add(new CallRecord
            {
                Id = $"call-{id}",
                Run = "run",
                Direction = direction,
                State = CallState.Ended,
                CallerUserId = caller,
                CallerNumber = direction == CallDirection.Inbound ? other : "+12025550101",
                CalleeUserId = callee,
                CalleeNumber = direction == CallDirection.Inbound ? "+12025550101" : other,
                StartedAt = ended.AddMinutes(-1),
                EndedAt = ended,
                Reason = EndReasons.Completed,
            });
            var recording = new RecordingEntry
            {
                Id = id,
                CallId = $"call-{id}",
                Stage = stage,
                Seconds = 30,
                SealedKey = key,
                Waveform = "[]",
                LegalHold = onHold,
                Talk = new TalkEntry { RecordingId = id, Seconds = 30 },
            };
            recording.Comments.AddRange(comments.Select(text => new RecordingComment { RecordingId = id, AuthorId = ours!, Text = text, WrittenAt = ended }));
            database.Recordings.Add(recording);
            return await database.SaveChangesAsync();
        });
    }

    /// <summary>The recordings that still have their sound, by the row as by the store.</summary>
    public async Task<string> KeptAsync()
    {
        var rows = await RowsAsync();
        var files = await App.Get<IRecordingStore>().KeysAsync();
        var kept = rows.Where(row => row.DeletedAt is null).Select(row => row.Id).Order().ToArray();
        Assert.Equal(kept.Select(id => $"{id}.sealed"), files);
        return string.Join(' ', kept);
    }

    public Task<List<RecordingEntry>> RowsAsync() => App.WithDatabaseAsync(database => database.Recordings.Include(row => row.Comments).ToListAsync());

    public Task<List<AuditEntry>> AuditAsync() => App.WithDatabaseAsync(database =>
        database.Audit.Where(entry => entry.Action == AuditActions.RecordingDeleted).OrderBy(entry => entry.Id).ToListAsync());

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
