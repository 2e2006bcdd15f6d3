using AriDialer.Calls;
using AriDialer.Testing;
using AriDialer.Web.Features.History;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Live;
using Microsoft.Data.Sqlite;

namespace AriDialer.Web.Tests.History;

/// <summary>What happened in a call is kept once and completely, whatever happens to the database or the application.</summary>
public sealed class TimelineTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Feed_Moments_AreTheTimelineInTheirOrder()
    {
        await using var app = await TestApp.StartAsync();
        var feed = app.Get<CallFeed>();
        feed.Tell(Some.Call("a", 1), Some.Moment(MomentKinds.Started), Some.Moment(MomentKinds.Ringing, 1));
        feed.Tell(Some.Call("a", 2), Some.Moment(MomentKinds.Digits, 6, "alice", new CallParty(null, "+442079460123", "Jane"), "1"));
        feed.Tell(Some.Call("a", 3), Some.Moment(MomentKinds.Digits, 6, "alice", null, "1"));
        feed.Tell(Some.Call("a", 4, CallState.Ended), Some.Moment(MomentKinds.Ended, 9, "alice", null, EndReasons.Completed));

        await app.EndedAsync("a");

        var lines = await app.LinesAsync("a");
        Assert.Equal(["started", "ringing", "digits", "digits", "ended"], lines.Select(line => line.Kind));
        Assert.Equal([1, 2, 3, 4, 5], lines.Select(line => line.Number));
        Assert.Equal(
            (Some.Noon.AddSeconds(6), "alice", "+442079460123", "Jane", "1"),
            (lines[2].At, lines[2].ByUserId, lines[2].WhoNumber, lines[2].WhoName, lines[2].Detail));
    }

    [Fact]
    public async Task LockedDatabase_EveryMomentIsKeptOnce()
    {
        await using var app = await TestApp.StartAsync();
        var feed = app.Get<CallFeed>();
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(app.DataDirectory, "aridialer.db")};Pooling=False"))
        {
            await database.OpenAsync(None);
            await using var transaction = database.BeginTransaction();
            for (var i = 0; i < 50; i++)
            {
                feed.Tell(Some.Call("a", i + 1), Some.Moment(MomentKinds.Digits, i, detail: $"{i}"));
                feed.Tell(Some.Call("b", i + 1), Some.Moment(MomentKinds.Held, i));
            }

            // Longer than a write waits for the lock: some attempts fail in between, each with another batch.
            await Task.Delay(TimeSpan.FromSeconds(6), None);
            feed.Tell(Some.Call("a", 60), Some.Moment(MomentKinds.Digits, 60, detail: "50"));
            Assert.Empty(await app.LinesAsync("a"));
        }

        feed.Tell(Some.Call("a", 61, CallState.Ended), Some.Moment(MomentKinds.Ended, 61));
        await app.EndedAsync("a");

        var lines = await app.LinesAsync("a");
        Assert.Equal(Enumerable.Range(0, 51).Select(i => $"{i}"), lines.Where(line => line.Kind == MomentKinds.Digits).Select(line => line.Detail));
        Assert.Equal(MomentKinds.Ended, lines[^1].Kind);
        Assert.Equal(50, (await app.LinesAsync("b")).Count);
    }

    [Fact]
    public async Task Write_AgainBecauseItsCommitWasUnsure_AddsNothing()
    {
        await using var app = await TestApp.StartAsync();
        var rows = app.Get<CallRows>();
        await rows.WriteAsync([Some.Told(1, Some.Call("a", 1), Some.Moment(MomentKinds.Started))], None);

        var again = Some.Told(1, Some.Call("a", 1), Some.Moment(MomentKinds.Started));
        again.Add(Some.Told(2, Some.Call("a", 2), Some.Moment(MomentKinds.Held, 2)));
        await rows.WriteAsync([again], None);

        Assert.Equal(["started", "held"], (await app.LinesAsync("a")).Select(line => line.Kind));
    }

    [Fact]
    public void GiveBack_WhatWasToldMeanwhile_ComesAfterIt()
    {
        var pending = new PendingCalls();
        pending.Put(Some.Told(1, Some.Call("a", 1), Some.Moment("one")));
        var failed = pending.Take();
        pending.Put(Some.Told(2, Some.Call("a", 2), Some.Moment("two")));
        pending.GiveBack(failed);
        pending.Put(Some.Told(3, Some.Call("a", 3), Some.Moment("three")));

        var call = Assert.Single(pending.Take().Calls);
        Assert.Equal(3, call.Call.Version);
        Assert.Equal(["one", "two", "three"], call.Moments.Select(told => told.Moment.Kind));
    }

    [Fact]
    public async Task Restart_KilledBeforeItWrote_TheCallsMilestonesAreThereOnce()
    {
        using var folder = new TempFolder();
        await using (var first = await TestApp.StartAsync(dataDirectory: folder.Path))
        {
            await first.Get<CallRows>().WriteAsync([Some.Told(7, Some.Call("a", 1), Some.Moment(MomentKinds.Started))], None);
        }

        // The answer was told but not written. The successor's feed counts anew, from below where the first one's was.
        await using var second = await TestApp.StartAsync(new() { ["Asterisk:Url"] = "http://127.0.0.1:1" }, dataDirectory: folder.Path);
        var rows = second.Get<CallRows>();
        await rows.WriteAsync([Some.Told(1, Some.Call("a", 1, CallState.Connected), Some.Moment(MomentKinds.Held, 30))], None);
        await rows.WriteAsync([Some.Told(2, Some.Call("a", 2, CallState.Ended), Some.Moment(MomentKinds.Ended, 65))], None);

        var lines = await second.LinesAsync("a");
        Assert.Equal(["started", "ringing", "answered", "held", "ended"], lines.Select(line => line.Kind));
        Assert.Equal(Some.Noon.AddSeconds(5), lines[2].At);
    }

    [Fact]
    public async Task Restart_KilledBeforeTheCallsMarkSaidIt_MilestoneIsNotThereTwice()
    {
        using var folder = new TempFolder();
        await using (var first = await TestApp.StartAsync(dataDirectory: folder.Path))
        {
            await first.Get<CallRows>().WriteAsync(
                [Some.Told(3, Some.Call("a", 3, CallState.Connected), Some.Moment(MomentKinds.Started), Some.Moment(MomentKinds.Answered, 5))], None);
        }

        // The successor sees it being answered again, once it has looked.
        await using var second = await TestApp.StartAsync(new() { ["Asterisk:Url"] = "http://127.0.0.1:1" }, dataDirectory: folder.Path);
        var rows = second.Get<CallRows>();
        await rows.WriteAsync([Some.Told(1, Some.Call("a", 1))], None);
        await rows.WriteAsync([Some.Told(2, Some.Call("a", 2, CallState.Connected), Some.Moment(MomentKinds.Answered, 30))], None);

        Assert.Equal(["started", "ringing", "answered"], (await second.LinesAsync("a")).Select(line => line.Kind));
        Assert.Equal(Some.Noon.AddSeconds(5), (await second.LinesAsync("a"))[^1].At);
    }

    [Fact]
    public async Task Restart_CallThatIsGone_SaysSoAndNobodyIsLeftInIt()
    {
        using var folder = new TempFolder();
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using (var first = await TestApp.StartAsync(dataDirectory: folder.Path, asterisk: asterisk))
        {
            await first.Get<CallRows>().WriteAsync([Some.Told(1, Some.Talk("a", Controlled.Jane, Controlled.Alice), Some.Moment(MomentKinds.Answered, 5))], None);
        }

        await using var second = await TestApp.StartAsync(dataDirectory: folder.Path, asterisk: asterisk);
        await second.EndedAsync("a");

        var last = (await second.LinesAsync("a"))[^1];
        Assert.Equal((MomentKinds.Ended, EndReasons.Lost), (last.Kind, last.Detail));
        Assert.All(await second.PeopleAsync("a"), one => Assert.NotNull(one.LeftAt));
    }
}
