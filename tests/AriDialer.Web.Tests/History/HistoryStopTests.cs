using AriDialer.Calls;
using AriDialer.Testing;
using AriDialer.Web.Features.History;
using AriDialer.Web.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace AriDialer.Web.Tests.History;

public sealed class HistoryStopTests
{
    [Fact]
    public async Task LockedDatabase_AppStopsMeanwhile_WhatTheJournalHasIsWrittenOnce()
    {
        using var folder = new TempFolder();
        await using var asterisk = await FakeAsterisk.StartAsync();
        var first = await TestApp.StartAsync(dataDirectory: folder.Path, asterisk: asterisk);
        await using (await LockedDatabase.HoldAsync(folder.Path))
        {
            first.Get<CallFeed>().Tell(Some.Call("a", 1, CallState.Ended), Some.Moment(MomentKinds.Started), Some.Moment(MomentKinds.Ended, 65));
            await Some.Eventually(
                async () => (await File.ReadAllTextAsync(Path.Combine(folder.Path, "history-journal.jsonl"))).Contains("\"a\"", StringComparison.Ordinal), "the journal");
            await first.DisposeAsync();
        }

        await using var second = await TestApp.StartAsync(dataDirectory: folder.Path, asterisk: asterisk);
        await second.EndedAsync("a");
        Assert.Equal([MomentKinds.Started, MomentKinds.Ended], (await second.LinesAsync("a")).Select(line => line.Kind));
    }

    [Fact]
    public async Task FullDisk_AppStartsAllTheSame_AndWritesOnceThereIsRoom()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can mount a disk.");
        using var folder = new TempFolder();
        var data = Directory.CreateDirectory(Path.Combine(folder.Path, "disk")).FullName;
        using var disk = SmallDisk.Mount(Environment.ProcessId, data, 16 * 1024 * 1024);
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using (var first = await TestApp.StartAsync(dataDirectory: data, asterisk: asterisk))
        {
            await first.Get<HistoryWriter>().OpenAsync(Some.Call("a", 1, CallState.Ended));
        }

        // Somebody who reads: or SQLite's log could begin anew, in the room that it has.
        await using var reader = new SqliteConnection($"Data Source={Path.Combine(data, "aridialer.db")};Pooling=False;Mode=ReadOnly");
        await reader.OpenAsync(TestContext.Current.CancellationToken);
        await using var reading = reader.BeginTransaction(deferred: true);
        await using (var read = reader.CreateCommand())
        {
            read.CommandText = "SELECT COUNT(*) FROM Calls";
            await read.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }

        var rest = Path.Combine(data, "rest");
        Assert.Throws<IOException>(() => File.WriteAllBytes(rest, new byte[16 * 1024 * 1024]));

        // With a journal that was to be larger by now, as whoever has seen it full would have it.
        await using var second = await TestApp.StartAsync(new() { ["History:JournalBytes"] = "9000000" }, dataDirectory: data, asterisk: asterisk);
        second.Get<CallFeed>().Tell(Some.Call("b", 1, CallState.Ended), Some.Moment(MomentKinds.Started));
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(await second.RowsAsync(), row => row.Id == "b");
        File.Delete(rest);
        await second.EndedAsync("b");
    }
}
