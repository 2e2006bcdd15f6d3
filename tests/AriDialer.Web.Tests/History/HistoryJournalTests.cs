using System.Diagnostics;
using AriDialer.Calls;
using AriDialer.Testing;
using AriDialer.Web.Data;
using AriDialer.Web.Features.History;
using AriDialer.Web.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Tests.History;

/// <summary>While the database cannot be written, calls go on, and what happens is not lost: also when the app ends before.</summary>
public sealed class HistoryJournalTests
{
    private static readonly TimeSpan Locked = TimeSpan.FromSeconds(LongTests.AreWanted ? 35 : 7);

    [Fact]
    public async Task LockedDatabase_CallsGoOn_AndAllThatHappenedIsWrittenOnceInOrder()
    {
        using var line = new FaultLine("Database locked", $"by another process for {Locked.TotalSeconds} s, calls come and end");
        await using var app = await TestApp.StartAsync();
        List<TimeSpan> waits = [];
        var told = 0;
        await using (await LockedDatabase.HoldAsync(app.DataDirectory))
        {
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < Locked; await Task.Delay(100))
            {
                var start = Stopwatch.GetTimestamp();
                await app.Get<HistoryWriter>().OpenAsync(Some.Call($"call{told}", 0, CallState.Arriving));
                waits.Add(Stopwatch.GetElapsedTime(start));
                Tell(app, $"call{told++}");
            }

            Assert.Empty(await app.RowsAsync());
        }

        var back = Stopwatch.StartNew();
        await Some.Eventually(async () => (await app.RowsAsync()).Count(row => row.EndedAt is not null) == told, "all calls to have their end");
        for (var i = 0; i < told; i++)
        {
            Assert.Equal(Kinds, (await app.LinesAsync($"call{i}")).Select(moment => moment.Kind));
        }

        // One may wait for a processor on a busy machine, but not one in ten.
        var longest = waits.Order().ElementAt(waits.Count * 9 / 10);
        Assert.True(longest < TimeSpan.FromSeconds(1), $"Callers waited for {longest}.");
        await Some.Eventually(() => Task.FromResult(JournalOf(app.DataDirectory).Length == 0), "the journal to be blank");
        line.Survived($"{told} calls went on, nine of ten waited {longest.TotalMilliseconds:F0} ms at most; all written once", back.Elapsed);
    }

    [Fact]
    public async Task Journal_IsTakenOutWhileMoreIsPutIn_LosesNothing()
    {
        const int Calls = 300;
        using var folder = new TempFolder();
        using var journal = new HistoryJournal(
            Options.Create(new DataOptions { Directory = folder.Path }), Options.Create(new HistoryOptions()), NullLogger<HistoryJournal>.Instance);
        journal.Open();
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < Calls; i++)
                Assert.True(journal.TryAppend("run", [new PendingCall(Some.Call($"call{i}", 1, CallState.Ended))]));
        });

        List<string> taken = [];
        while (!writing.IsCompleted || !journal.IsEmpty)
        {
            var chunk = journal.Read();
            taken.AddRange(chunk.Calls.Select(call => call.Call.Id));
            if (chunk.Calls.Count > 0)
                journal.Took(chunk);
        }

        await writing;
        Assert.Equal(Enumerable.Range(0, Calls).Select(i => $"call{i}"), taken);
    }

    [Fact]
    public async Task LockedDatabase_AppEndsMeanwhile_TheNextStartWritesWhatTheJournalHas()
    {
        using var line = new FaultLine("Database locked", "and the app killed before it is free");
        using var folder = new TempFolder();
        await using var asterisk = await FakeAsterisk.StartAsync();
        var copy = Path.Combine(folder.Path, "copy");
        await using (var first = await TestApp.StartAsync(dataDirectory: folder.Path, asterisk: asterisk))
        {
            first.Get<CallFeed>().Tell(Some.Call("before", 1, CallState.Connected), Some.Moment(MomentKinds.Started));
            await Some.Eventually(async () => (await first.RowsAsync()).Count == 1, "the first row");
            await using var held = await LockedDatabase.HoldAsync(folder.Path);
            first.Get<CallFeed>().Tell(Some.Call("before", 2, CallState.Ended), Some.Moment(MomentKinds.Ended, 65));
            Tell(first, "meanwhile");
            await Some.Eventually(() => Task.FromResult(JournalOf(folder.Path).Contains("\"meanwhile\"", StringComparison.Ordinal)), "the journal");
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Path, Journal)));

            // As it would be if the process were killed here: what is on the disk.
            Directory.CreateDirectory(copy);
            foreach (var file in Directory.GetFiles(folder.Path))
            {
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            }
        }

        await using var second = await TestApp.StartAsync(dataDirectory: copy, asterisk: asterisk);
        await Some.Eventually(async () => (await second.RowsAsync()).Count(row => row.EndedAt is not null) == 2, "both to have their end");
        var rows = await second.RowsAsync();
        Assert.All(rows, row => Assert.Equal((EndReasons.Completed, false), (row.Reason, row.Estimated)));
        Assert.Equal([MomentKinds.Started, MomentKinds.Ended], (await second.LinesAsync("before")).Select(moment => moment.Kind));
        Assert.Equal(Kinds, (await second.LinesAsync("meanwhile")).Select(moment => moment.Kind));
        line.Survived("the next start wrote all of it, once");
    }

    [Fact]
    public async Task LockedDatabase_SomebodySavesAPage_IsToldWhatIsWrong()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddPersonAsync("Alice");
        var browser = await app.SignInAsync("Alice");
        await using var held = await LockedDatabase.HoldAsync(app.DataDirectory);
        var start = Stopwatch.GetTimestamp();
        var answer = await browser.PostAsync("/contacts/add", ("Input.Name", "Carla"), ("Input.Numbers[0]", "+442079460123"));
        Assert.Equal(System.Net.HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("The database cannot be written just now", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Journal_IsFull_TheRestWaitsInMemoryAndIsWrittenToo()
    {
        await using var app = await TestApp.StartAsync(new() { ["History:JournalBytes"] = "65536" });
        await using (await LockedDatabase.HoldAsync(app.DataDirectory))
        {
            for (var i = 0; i < 300; i++)
            {
                Tell(app, $"call{i}");
                if (i % 20 == 0)
                    await Task.Delay(20);
            }

            await Task.Delay(TimeSpan.FromSeconds(1));
            Assert.Equal(65536, new FileInfo(Path.Combine(app.DataDirectory, Journal)).Length);
        }

        await Some.Eventually(async () => (await app.RowsAsync()).Count(row => row.EndedAt is not null) == 300, "all calls to have their end");
        for (var i = 0; i < 300; i += 7)
        {
            Assert.Equal(Kinds, (await app.LinesAsync($"call{i}")).Select(moment => moment.Kind));
        }
    }

    [Fact]
    public void Journal_CutOffInTheMiddleOfALine_KeepsTheLinesBefore()
    {
        using var folder = new TempFolder();
        using (var journal = LockedDatabase.JournalIn(folder.Path))
        {
            Assert.True(journal.TryAppend("run", [Some.Told(1, Some.Call("a"), Some.Moment(MomentKinds.Started))]));
            Assert.True(journal.TryAppend("run", [Some.Told(2, Some.Call("b"))]));
        }

        var text = JournalOf(folder.Path);
        File.WriteAllText(Path.Combine(folder.Path, Journal), text[..(text.LastIndexOf('{') - 20)]);
        using var again = LockedDatabase.JournalIn(folder.Path);
        Assert.False(again.IsEmpty);
        var chunk = again.Read();
        Assert.Equal("a", Assert.Single(chunk.Calls).Call.Id);
        Assert.Equal(MomentKinds.Started, Assert.Single(chunk.Calls[0].Moments).Moment.Kind);
        again.Took(chunk);
        Assert.True(again.IsEmpty);
    }

    [Fact]
    public async Task Journal_CannotGrow_WhatStandsInItIsWrittenAllTheSame()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can mount a disk.");
        using var folder = new TempFolder();
        using var disk = SmallDisk.Mount(Environment.ProcessId, Directory.CreateDirectory(Path.Combine(folder.Path, "disk")).FullName, 128 * 1024);
        File.CreateSymbolicLink(Path.Combine(folder.Path, Journal), Path.Combine(folder.Path, "disk", Journal));
        using (var journal = LockedDatabase.JournalIn(folder.Path))
            Assert.True(journal.TryAppend("before", [Some.Told(1, Some.Call("before", 1, CallState.Ended))]));
        await using var app = await TestApp.StartAsync(new() { ["History:JournalBytes"] = "1048576" }, dataDirectory: folder.Path);
        await app.EndedAsync("before");
        Tell(app, "now");
        await app.EndedAsync("now");
    }

    [Fact]
    public void Entry_OfARecordedCall_IsTheSameAfterTheJournal()
    {
        var call = Some.Talk("a", new CallParty(null, "+442079460123", "Name"), new CallParty("user", "+12025550101", "Alice"), version: 7) with
        {
            End = new CallEnd(EndedBy.System, EndReasons.Lost, 0, "user", Estimated: true),
            Message = new VoicemailMessage("user", "a.voicemail", 4),
            Recording = new CallRecording(
                RecordingState.Paused, "user", Some.Noon, [new RecordingTrack("a.rec1", "a", null, true, Some.Noon, true) { IsBroken = true }],
                [new RecordingPause(Some.Noon, null)]),
        };
        var told = Some.Told(9, call, Some.Moment(MomentKinds.Digits, 3, "user", CallParty.Unknown, "12#"));
        var read = JournalEntry.Parse(JournalEntry.Of("run", told).ToLine())!;

        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(call), System.Text.Json.JsonSerializer.Serialize(read.Call));
        Assert.Equal(told.Moments, read.ToPending().Moments);
        Assert.Equal(told.Legs, read.ToPending().Legs);
    }

    private const string Journal = "history-journal.jsonl";

    private static readonly string[] Kinds = [MomentKinds.Started, MomentKinds.Ringing, MomentKinds.Answered, MomentKinds.Ended];

    private static void Tell(TestApp app, string id)
    {
        var feed = app.Get<CallFeed>();
        feed.Tell(Some.Call(id, 1, CallState.Dialing), Some.Moment(MomentKinds.Started));
        feed.Tell(Some.Call(id, 2, CallState.Ringing), Some.Moment(MomentKinds.Ringing, 1));
        feed.Tell(Some.Call(id, 3, CallState.Connected), Some.Moment(MomentKinds.Answered, 5));
        feed.Tell(Some.Call(id, 4, CallState.Ended), Some.Moment(MomentKinds.Ended, 65));
    }

    private static string JournalOf(string folder) => File.ReadAllText(Path.Combine(folder, Journal)).TrimEnd('\n');
}
