using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Retention;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Recording.Rules;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace AriDialer.Web.Tests.Recording.Retention;

public sealed class RetentionSweepTests : IAsyncLifetime
{
    private RetentionHouse _house = null!;
    private string _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _house = await RetentionHouse.StartAsync();
        _alice = await _house.App.AddPersonAsync("Alice");
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Run_WhatIsOld_GoesWithItsFileAndWhatWasWritten()
    {
        await _house.App.SetRulesAsync("always 90");
        await _house.AddAsync("old", 91, ours: _alice, comments: ["Listen here.", "And here."]);
        await _house.AddAsync("young", 89, ours: _alice, comments: "Stays.");

        Assert.Equal(new SweepResult(new RecordingSum(1, 30), 0), await RunAsync());

        Assert.Equal("young", await _house.KeptAsync());
        var old = (await _house.RowsAsync()).Single(row => row.Id == "old");
        Assert.Equal((null, null, Some.Noon), (old.SealedKey, old.Waveform, old.DeletedAt));
        Assert.Empty(old.Comments);
        Assert.Equal(["young"], await _house.App.WithDatabaseAsync(database => database.TalkFigures.Select(talk => talk.RecordingId).ToListAsync()));
        Assert.Single((await _house.RowsAsync()).Single(row => row.Id == "young").Comments);
        var entry = Assert.Single(await _house.AuditAsync());
        Assert.Equal((null, _alice, "Of call call-old, by rule 1: All calls: always, kept 90 days"), (entry.ActorId, entry.SubjectId, entry.Detail));
    }

    [Fact]
    public async Task Run_TheMomentItIsOver_LetsGo()
    {
        await _house.App.SetRulesAsync("always 90");
        await _house.AddAsync("one", 90);
        await _house.AddAsync("two", 89.9999);

        await RunAsync();

        Assert.Equal("two", await _house.KeptAsync());
    }

    [Fact]
    public async Task Run_LegalHoldAndRulesThatKeep_Stay()
    {
        await _house.App.SetRulesAsync("always +49; demand outbound 30; never alice 200; always 90", _ => _alice);
        await _house.AddAsync("held", 100, onHold: true);
        await _house.AddAsync("german", 1000, other: "+493012345678");
        await _house.AddAsync("outbound", 31, CallDirection.Outbound, _alice);
        await _house.AddAsync("of-alice", 199, ours: _alice);
        await _house.AddAsync("other", 91);

        await RunAsync();

        Assert.Equal("german held of-alice", await _house.KeptAsync());
    }

    [Fact]
    public async Task Run_NoRuleOrNoneThatFits_KeepsForEver()
    {
        await _house.AddAsync("ancient", 9000);
        await RunAsync();
        await _house.App.SetRulesAsync("always outbound 1");

        await RunAsync();

        Assert.Equal("ancient", await _house.KeptAsync());
    }

    [Theory]
    [InlineData(nameof(RecordingStage.Waiting))]
    [InlineData(nameof(RecordingStage.Recording))]
    [InlineData(nameof(RecordingStage.Failed))]
    public async Task Run_WhatIsNotThereYet_IsLeftAlone(string stage)
    {
        await _house.App.SetRulesAsync("always 1");
        await _house.AddAsync("one", 100, stage: Enum.Parse<RecordingStage>(stage));

        await RunAsync();

        Assert.Equal("one", await _house.KeptAsync());
    }

    [Fact]
    public async Task Run_StoreThatFails_DoesNotStopTheOthersAndIsTriedAgain()
    {
        await _house.App.SetRulesAsync("always 1");
        foreach (var id in new[] { "a", "b", "c" })
        {
            await _house.AddAsync(id, 10);
        }

        // Where a folder stands in a file's place, no file can be deleted.
        var file = Path.Combine(_house.App.DataDirectory, "recordings", "b.sealed");
        File.Delete(file);
        Directory.CreateDirectory(file);
        Assert.Equal(new SweepResult(new RecordingSum(2, 60), 1), await RunAsync());
        var b = (await _house.RowsAsync()).Single(row => row.DeletedAt is null);
        Assert.Equal("b", b.Id);
        Assert.NotNull(b.SealedKey);

        Directory.Delete(file);
        Assert.Equal(new SweepResult(new RecordingSum(1, 30), 0), await RunAsync());
        Assert.Equal("", await _house.KeptAsync());
        Assert.Equal(3, (await _house.AuditAsync()).Count);
    }

    [Fact]
    public async Task Run_MoreThanABatch_AllOfThemGo()
    {
        await _house.App.SetRulesAsync("always +44 1; always");
        for (var i = 0; i < 450; i++)
        {
            // Many end in the same moment, and some of each batch stay.
            await _house.AddAsync($"r{i:000}", 10 + i / 300, other: i % 9 == 0 ? "+493012345678" : "+442079460123");
        }

        Assert.Equal(new SweepResult(new RecordingSum(400, 12000), 0), await RunAsync());
        Assert.Equal(new SweepResult(default, 0), await RunAsync());
        Assert.Equal(50, (await _house.RowsAsync()).Count(row => row.DeletedAt is null));
    }

    [Fact]
    public async Task Run_Cancelled_EndsBeforeTheNext()
    {
        await _house.App.SetRulesAsync("always 1");
        await _house.AddAsync("one", 10);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _house.App.Get<RetentionSweep>().RunAsync(null, new CancellationToken(canceled: true)));

        Assert.Equal("one", await _house.KeptAsync());
    }

    [Fact]
    public async Task Job_AtItsTime_Sweeps()
    {
        await _house.App.SetRulesAsync("always 1");
        await _house.AddAsync("one", 10);
        var scheduler = await _house.App.Get<ISchedulerFactory>().GetScheduler();
        var trigger = Assert.Single(await scheduler.GetTriggersOfJob(Assert.Single(await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup()))));

        Assert.Equal(new DateTimeOffset(2026, 3, 2, 3, 15, 0, TimeSpan.Zero), trigger.GetFireTimeAfter(Some.Noon));
        await Some.Eventually(() => Task.FromResult(scheduler.Status == SchedulerStatus.Running), "the scheduler runs");
        _house.Time.SetUtcNow(new DateTimeOffset(2026, 3, 2, 3, 15, 1, TimeSpan.Zero));

        await Some.Eventually(async () => (await _house.RowsAsync()).All(row => row.DeletedAt is not null), "the job has let it go");
    }

    [Theory]
    [InlineData("15 3 * * *")]
    [InlineData("sometimes")]
    public async Task RetentionAt_ThatIsNone_IsSaidAtTheStart(string at) => Assert.Contains(
        "Recording:RetentionAt must be a cron expression",
        (await Assert.ThrowsAnyAsync<Exception>(() => TestApp.StartAsync(new() { ["Recording:RetentionAt"] = at }))).ToString());

    private Task<SweepResult> RunAsync() => _house.App.Get<RetentionSweep>().RunAsync(null, CancellationToken.None);
}
