using AriDialer.Calls;
using AriDialer.Testing;
using AriDialer.Web.Data;
using AriDialer.Web.Features.History;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Live;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.History;

/// <summary>What happened in a call, and who took part, is kept once and completely, whatever happens to the database or the application.</summary>
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

        await EndedAsync(app, "a");

        var lines = await LinesAsync(app, "a");
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
            Assert.Empty(await LinesAsync(app, "a"));
        }

        feed.Tell(Some.Call("a", 61, CallState.Ended), Some.Moment(MomentKinds.Ended, 61));
        await EndedAsync(app, "a");

        var lines = await LinesAsync(app, "a");
        Assert.Equal(Enumerable.Range(0, 51).Select(i => $"{i}"), lines.Where(line => line.Kind == MomentKinds.Digits).Select(line => line.Detail));
        Assert.Equal(MomentKinds.Ended, lines[^1].Kind);
        Assert.Equal(50, (await LinesAsync(app, "b")).Count);
    }

    [Fact]
    public async Task Write_AgainBecauseItsCommitWasUnsure_AddsNothing()
    {
        await using var app = await TestApp.StartAsync();
        var rows = app.Get<CallRows>();
        await rows.WriteAsync([Told(1, Some.Call("a", 1), Some.Moment(MomentKinds.Started))], None);

        var again = Told(1, Some.Call("a", 1), Some.Moment(MomentKinds.Started));
        again.Add(Told(2, Some.Call("a", 2), Some.Moment(MomentKinds.Held, 2)));
        await rows.WriteAsync([again], None);

        Assert.Equal(["started", "held"], (await LinesAsync(app, "a")).Select(line => line.Kind));
    }

    [Fact]
    public void GiveBack_WhatWasToldMeanwhile_ComesAfterIt()
    {
        var pending = new PendingCalls();
        pending.Put(Told(1, Some.Call("a", 1), Some.Moment("one")));
        var failed = pending.Take();
        pending.Put(Told(2, Some.Call("a", 2), Some.Moment("two")));
        pending.GiveBack(failed);
        pending.Put(Told(3, Some.Call("a", 3), Some.Moment("three")));

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
            await first.Get<CallRows>().WriteAsync([Told(7, Some.Call("a", 1), Some.Moment(MomentKinds.Started))], None);
        }

        // The answer was told but not written. The successor's feed counts anew, from below where the first one's was.
        await using var second = await TestApp.StartAsync(new() { ["Asterisk:Url"] = "http://127.0.0.1:1" }, dataDirectory: folder.Path);
        var rows = second.Get<CallRows>();
        await rows.WriteAsync([Told(1, Some.Call("a", 1, CallState.Connected), Some.Moment(MomentKinds.Held, 30))], None);
        await rows.WriteAsync([Told(2, Some.Call("a", 2, CallState.Ended), Some.Moment(MomentKinds.Ended, 65))], None);

        var lines = await LinesAsync(second, "a");
        Assert.Equal(["started", "ringing", "answered", "held", "ended"], lines.Select(line => line.Kind));
        Assert.Equal(Some.Noon.AddSeconds(5), lines[2].At);
    }

    [Fact]
    public async Task Restart_CallThatIsGone_SaysSoAndNobodyIsLeftInIt()
    {
        using var folder = new TempFolder();
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using (var first = await TestApp.StartAsync(dataDirectory: folder.Path, asterisk: asterisk))
        {
            await first.Get<CallRows>().WriteAsync([Told(1, Some.Talk("a", Controlled.Jane, Controlled.Alice), Some.Moment(MomentKinds.Answered, 5))], None);
        }

        await using var second = await TestApp.StartAsync(dataDirectory: folder.Path, asterisk: asterisk);
        await EndedAsync(second, "a");

        var last = (await LinesAsync(second, "a"))[^1];
        Assert.Equal((MomentKinds.Ended, EndReasons.Lost), (last.Kind, last.Detail));
        Assert.All(await PeopleAsync(second, "a"), one => Assert.NotNull(one.LeftAt));
    }

    [Fact]
    public async Task Participants_EachLeg_HasWhenItJoinedAndLeft()
    {
        await using var app = await TestApp.StartAsync();
        var feed = app.Get<CallFeed>();
        feed.Tell(Controlled.Talk, Some.Moment(MomentKinds.Answered, 5));
        feed.Tell(Controlled.Transfer with { Version = 8 }, Some.Moment(MomentKinds.TransferStarted, 20));
        feed.Tell(Controlled.Transferred with { Version = 9 }, Some.Moment(MomentKinds.Transferred, 25));
        feed.Tell(Ended(Controlled.Transferred, 10), Some.Moment(MomentKinds.Ended, 65));
        await EndedAsync(app, Controlled.Talk.Id);

        var people = await PeopleAsync(app, Controlled.Talk.Id);

        Assert.Equal(
            [("Jane Doe", LegRole.Caller, 5, 65), ("Alice Agent", LegRole.Called, 5, 25), ("Bob Agent", LegRole.Transferred, 25, 65)],
            people.Select(one => (one.Name, one.Role, Seconds(one.JoinedAt), Seconds(one.LeftAt))));
        var row = Assert.Single(await app.RowsAsync());
        Assert.Equal(("Jane Doe", "Alice Agent"), (row.CallerName, row.CalleeName));
    }

    [Fact]
    public async Task Participants_PhoneThatOnlyRang_DidNotJoin()
    {
        await using var app = await TestApp.StartAsync();
        app.Get<CallFeed>().Tell(Some.Call("a", 1, callee: "alice"), Some.Moment(MomentKinds.Ringing, 1));
        app.Get<CallFeed>().Tell(Ended(Some.Call("a", 2, CallState.Ended, callee: "alice"), 2), Some.Moment(MomentKinds.Ended, 20));
        await EndedAsync(app, "a");

        var one = Assert.Single(await PeopleAsync(app, "a"));
        Assert.Equal(("alice", (DateTimeOffset?)null), (one.UserId, one.JoinedAt));
    }

    private static int Seconds(DateTimeOffset? at) => (int)(at!.Value - Some.Noon).TotalSeconds;

    private static CallSnapshot Ended(CallSnapshot call, long version) => call with
    {
        Version = version,
        State = CallState.Ended,
        EndedAt = Some.Noon.AddSeconds(65),
        End = new CallEnd(EndedBy.Customer, EndReasons.Completed, 16),
        Legs = [.. call.Legs.Select(leg => leg with { State = LegState.Gone })],
    };

    private static PendingCall Told(long sequence, CallSnapshot call, params CallMoment[] moments) =>
        PendingCall.Of(new CallChange(sequence, call, [.. moments]), Some.Noon);

    private static Task<List<CallEvent>> LinesAsync(TestApp app, string callId) => app.WithDatabaseAsync(database =>
        database.CallEvents.Where(line => line.CallId == callId).OrderBy(line => line.At).ThenBy(line => line.Number).ToListAsync());

    private static Task<List<CallParticipant>> PeopleAsync(TestApp app, string callId) => app.WithDatabaseAsync(database =>
        database.CallParticipants.Where(one => one.CallId == callId).OrderBy(one => one.ChannelId).ToListAsync());

    private static Task EndedAsync(TestApp app, string id) => Some.Eventually(
        async () => (await app.RowsAsync()).Any(row => row.Id == id && row.EndedAt is not null), $"call {id} has its end in the history");
}
