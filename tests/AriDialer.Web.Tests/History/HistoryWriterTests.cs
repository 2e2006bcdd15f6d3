using System.Diagnostics;
using AriDialer.Calls;
using AriDialer.Calls.Routing;
using AriDialer.Testing;
using AriDialer.Web.Data;
using AriDialer.Web.Features.History;
using AriDialer.Web.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.History;

public sealed class HistoryWriterTests
{
    [Fact]
    public async Task Feed_EachChange_ReachesTheCallsOneRow()
    {
        await using var app = await TestApp.StartAsync();
        foreach (var state in new[] { CallState.Arriving, CallState.Ringing, CallState.Connected, CallState.Ended })
        {
            app.Get<CallFeed>().Tell(Some.Call("a", (long)state + 1, state));
        }

        await app.EndedAsync("a");

        var row = Assert.Single(await app.RowsAsync());
        Assert.Equal((CallState.Ended, EndReasons.Completed, EndedBy.Customer, 16), (row.State, row.Reason, row.EndedBy, row.Cause));
        Assert.Equal(TimeSpan.FromSeconds(60), row.Duration);
        Assert.Equal(Some.Noon, row.StartedAt);
    }

    [Fact]
    public async Task Write_OlderState_ChangesNothing()
    {
        await using var app = await TestApp.StartAsync();
        var rows = app.Get<CallRows>();
        await rows.WriteAsync([Some.Call("a", 5, CallState.Ended)], CancellationToken.None);

        await rows.WriteAsync([Some.Call("a", 4, CallState.Connected)], CancellationToken.None);
        await rows.WriteAsync([Some.Call("a", 0, CallState.Arriving)], CancellationToken.None);

        Assert.Equal(CallState.Ended, Assert.Single(await app.RowsAsync()).State);
    }

    [Fact]
    public async Task Open_Returned_TheRowIsCommitted()
    {
        await using var app = await TestApp.StartAsync();

        await app.Get<HistoryWriter>().OpenAsync(Some.Call("a", 0, CallState.Arriving));

        Assert.Equal("a", Assert.Single(await app.RowsAsync()).Id);
    }

    [Fact]
    public async Task LockedDatabase_CallsDoNotWait_AndTheNewestStateIsWrittenAfterwards()
    {
        await using var app = await TestApp.StartAsync();
        await using var other = new SqliteConnection($"Data Source={Path.Combine(app.DataDirectory, "aridialer.db")};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        var transaction = other.BeginTransaction();
        await using (var write = other.CreateCommand())
        {
            write.CommandText = "UPDATE Calls SET Version = Version";
            await write.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var watch = Stopwatch.StartNew();
        await app.Get<HistoryWriter>().OpenAsync(Some.Call("a", 0, CallState.Arriving));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"A caller waited {watch.Elapsed} for a locked database.");
        for (var i = 0; i < 200; i++)
        {
            app.Get<CallFeed>().Tell(Some.Call($"b{i % 20}", i + 1, CallState.Connected));
        }

        app.Get<CallFeed>().Tell(Some.Call("a", 1, CallState.Ended));
        Assert.Empty(await app.RowsAsync());
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);

        await app.EndedAsync("a");
        var rows = await app.RowsAsync();
        Assert.Equal(21, rows.Count);
        Assert.All(rows.Where(row => row.Id != "a"), row => Assert.True(row.Version > 180));
    }

    [Fact]
    public async Task Restart_CallThatIsGone_IsEndedAsLost()
    {
        using var folder = new TempFolder();
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using (var first = await TestApp.StartAsync(dataDirectory: folder.Path, asterisk: asterisk))
        {
            await first.Get<HistoryWriter>().OpenAsync(Some.Call("gone", 0, CallState.Arriving));
            await first.Get<HistoryWriter>().OpenAsync(Some.Call("over", 1, CallState.Ended));
        }

        await using var second = await TestApp.StartAsync(dataDirectory: folder.Path, asterisk: asterisk);
        await second.EndedAsync("gone");

        var rows = await second.RowsAsync();
        var gone = rows.Single(row => row.Id == "gone");
        Assert.Equal((EndReasons.Lost, EndedBy.System, true), (gone.Reason, gone.EndedBy, gone.Estimated));
        Assert.Equal(EndReasons.Completed, rows.Single(row => row.Id == "over").Reason);
    }

    [Fact]
    public async Task Restart_CallThatHadOnlyArrived_IsNotEndedAsLost()
    {
        // Nobody knows yet where it goes, neither before nor after.
        static void Undecided(IServiceCollection services) => services.AddSingleton<CallRouting>((_, _) => new(new TaskCompletionSource<RouteDecision>().Task));
        using var folder = new TempFolder();
        await using var asterisk = await FakeAsterisk.StartAsync();
        string arrived;
        await using (var first = await TestApp.StartAsync(dataDirectory: folder.Path, asterisk: asterisk, services: Undecided))
        {
            await asterisk.ConnectedAsync();
            arrived = CallIds.ForArrival(asterisk.Arrive("+12025550101").Id, previousCallId: null);
            foreach (var id in new[] { arrived, "gone" })
            {
                await first.Get<HistoryWriter>().OpenAsync(Some.Call(id, 0, CallState.Arriving));
            }
        }

        await using var second = await TestApp.StartAsync(dataDirectory: folder.Path, asterisk: asterisk, services: Undecided);
        await second.EndedAsync("gone");

        Assert.Null((await second.RowsAsync()).Single(row => row.Id == arrived).EndedAt);
        Assert.Empty(await second.LinesAsync(arrived));
    }

    [Fact]
    public void GivenBack_WhatAWriterStillReads_DoesNotChange()
    {
        var pending = new PendingCalls();
        pending.Put(Some.Told(1, Some.Call("a"), Some.Moment(MomentKinds.Started)));
        var batch = pending.Take();
        pending.Put(Some.Told(2, Some.Call("a", 2), Some.Moment(MomentKinds.Ringing)));
        pending.GiveBack(batch);
        pending.Put(Some.Told(3, Some.Call("a", 3), Some.Moment(MomentKinds.Answered)));

        Assert.Equal([MomentKinds.Started], Assert.Single(batch.Calls).Moments.Select(told => told.Moment.Kind));
        Assert.Equal([1L, 2L, 3L], Assert.Single(pending.Take().Calls).Moments.Select(told => told.Sequence));
    }

    [Fact]
    public async Task EndLost_CallsThatLiveOrBeganInThisRun_AreLeftAlone()
    {
        using var folder = new TempFolder();
        await using (var first = await TestApp.StartAsync(dataDirectory: folder.Path))
        {
            await first.Get<CallRows>().WriteAsync([Some.Call("adopted"), Some.Call("gone")], CancellationToken.None);
        }

        // An Asterisk that is not there: nothing is ended before somebody knows what lives.
        await using var second = await TestApp.StartAsync(new() { ["Asterisk:Url"] = "http://127.0.0.1:1" }, dataDirectory: folder.Path);
        await second.Get<CallRows>().WriteAsync([Some.Call("new")], CancellationToken.None);
        await second.Get<CallRows>().EndLostAsync(["adopted"], Some.Noon, CancellationToken.None);

        Assert.Equal(["gone"], (await second.RowsAsync()).Where(row => row.EndedAt is not null).Select(row => row.Id));

        // The adopted call goes on with versions that begin again.
        await second.Get<CallRows>().WriteAsync([Some.Call("adopted", 1, CallState.Ended)], CancellationToken.None);
        Assert.Equal(EndReasons.Completed, (await second.RowsAsync()).Single(row => row.Id == "adopted").Reason);
    }

    [Fact]
    public async Task Database_IsWrittenToTheDiskWithEachCommit()
    {
        await using var app = await TestApp.StartAsync();
        var settings = await app.WithDatabaseAsync(async database =>
        {
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.OpenConnectionAsync(database.Database);
            return (await PragmaAsync(database, "journal_mode"), await PragmaAsync(database, "synchronous"), await PragmaAsync(database, "foreign_keys"));
        });

        Assert.Equal(("wal", "2", "1"), settings);
    }

    private static async Task<string?> PragmaAsync(AppDbContext database, string name)
    {
        await using var command = Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(database.Database).CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}
