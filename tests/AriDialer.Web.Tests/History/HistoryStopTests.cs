using AriDialer.Calls;
using AriDialer.Testing;
using AriDialer.Web.Tests.Hosting;

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
}
