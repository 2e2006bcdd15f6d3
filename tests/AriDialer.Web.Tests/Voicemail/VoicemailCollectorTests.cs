using AriDialer.Calls;
using AriDialer.Testing;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Voicemail;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Sound;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Web.Tests.Voicemail;

public sealed class VoicemailCollectorTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private FakeAsterisk _asterisk = null!;
    private TestApp _app = null!;
    private string _alice = null!;

    private string Files => Path.Combine(_folder.Path, "voicemail");

    public async ValueTask InitializeAsync()
    {
        _asterisk = await FakeAsterisk.StartAsync();
        _app = await StartAsync();
        _alice = await _app.AddPersonAsync("Alice", number: "+12025550101");
        await _asterisk.ConnectedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _asterisk.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task CallWithAMessage_Ended_IsInTheMailboxAndNoLongerInAsterisk()
    {
        _asterisk.Recordings["c1.voicemail"] = Waves.Of(4.3);
        End("c1", seconds: 4);

        var entry = await OnlyEntryAsync();
        Assert.Equal((_alice, "c1", "+442079460123", "Jane", 4), (entry.UserId, entry.CallId, entry.CallerNumber, entry.CallerName, entry.Seconds));
        Assert.Equal((Some.Noon, null, null), (entry.At, entry.HeardAt, entry.DeletedAt));
        Assert.Equal(Waves.Of(4.3), await File.ReadAllBytesAsync(Path.Combine(Files, entry.Id + ".wav")));
        await IsGoneAsync("c1.voicemail");
        Assert.Single(Directory.EnumerateFiles(Files));
    }

    [Theory]
    [InlineData(0, 4.0)]
    [InlineData(2, 0.5)]
    public async Task CallWithNothingSaid_LeavesNothingAnywhere(int seconds, double inFile)
    {
        _asterisk.Recordings["c1.voicemail"] = Waves.Of(inFile);
        End("c1", seconds);

        await IsGoneAsync("c1.voicemail");
        Assert.Empty(await EntriesAsync());
        Assert.False(Directory.Exists(Files) && Directory.EnumerateFiles(Files).Any());
    }

    [Fact]
    public async Task MessageOfUnknownLength_IsMeasured()
    {
        _asterisk.Recordings["c1.voicemail"] = Waves.Of(7, isClosed: false);
        End("c1", seconds: null);

        var entry = await OnlyEntryAsync();
        Assert.Equal(7, entry.Seconds);
        Assert.Equal(Waves.Of(7), await File.ReadAllBytesAsync(Path.Combine(Files, entry.Id + ".wav")));
    }

    [Fact]
    public async Task Asterisk_FailsAtFirst_IsAskedAgainAndTheMessageIsThereOnce()
    {
        _asterisk.Requests.Fail(request => request.Path.EndsWith("/file", StringComparison.Ordinal), 500, "Busy");
        _asterisk.Requests.Fail(request => request.Method == "DELETE", 500, "Busy");
        _asterisk.Recordings["c1.voicemail"] = Waves.Of(2);
        End("c1", seconds: 2);

        await IsGoneAsync("c1.voicemail");
        Assert.Single(await EntriesAsync());
        Assert.Single(Directory.EnumerateFiles(Files));
    }

    [Fact]
    public async Task Messages_LeftWhileTheAppWasAway_AreCollectedByTheHistory()
    {
        await AddRowAsync("c1", row => (row.CallerNumber, row.CallerName, row.CalleeUserId) = ("+442079460123", "Jane", _alice));
        await AddRowAsync("c2", row => (row.CallerNumber, row.CalleeUserId) = ("+442079460124", null));
        await _app.DisposeAsync();
        Directory.CreateDirectory(Files);
        await File.WriteAllTextAsync(Path.Combine(Files, "stray.wav"), "left by a sudden end");
        _asterisk.Recordings["c1.voicemail"] = Waves.Of(3, isClosed: false);
        _asterisk.Recordings["c2.voicemail"] = Waves.Of(3);
        _asterisk.Recordings["c3.voicemail"] = Waves.Of(3);
        _asterisk.Recordings["some-announcement"] = Waves.Of(3);

        _app = await StartAsync();

        var entry = await OnlyEntryAsync();
        Assert.Equal((_alice, "c1", "Jane", 3), (entry.UserId, entry.CallId, entry.CallerName, entry.Seconds));
        await IsGoneAsync("c1.voicemail");
        Assert.Equal(["c2.voicemail", "c3.voicemail", "some-announcement"], _asterisk.Recordings.Keys.Order());
        Assert.Equal([entry.Id + ".wav"], Directory.EnumerateFiles(Files).Select(file => Path.GetFileName(file)));
    }

    [Fact]
    public async Task Message_LeftWhileTheDatabaseIsLocked_StaysInAsteriskAndIsThereOnceAfterwards()
    {
        using var line = new FaultLine("Database locked", "while a caller leaves a message");
        _asterisk.Recordings["c1.voicemail"] = Waves.Of(4);
        await using (await LockedDatabase.HoldAsync(_folder.Path))
        {
            End("c1", seconds: 4);
            // Longer than a command waits for a lock.
            await Task.Delay(TimeSpan.FromSeconds(7));
            Assert.Contains("c1.voicemail", _asterisk.Recordings.Keys);
        }

        Assert.Equal("c1", (await OnlyEntryAsync()).CallId);
        await IsGoneAsync("c1.voicemail");
        Assert.Single(Directory.EnumerateFiles(Files));
        line.Survived("it stayed in Asterisk, and is in its mailbox once");
    }

    [Fact]
    public async Task Message_WhoseCallIsStillInTheJournal_WaitsForIt()
    {
        await _app.DisposeAsync();
        using (var journal = LockedDatabase.JournalIn(_folder.Path))
        {
            var call = Some.Call("c1", 3, CallState.Ended, callee: _alice, callerName: "Jane") with { Message = new VoicemailMessage(_alice, "c1.voicemail", null) };
            Assert.True(journal.TryAppend("earlier", [Some.Told(1, call)]));
        }

        _asterisk.Recordings["c1.voicemail"] = Waves.Of(3);
        var held = new LockedDatabase(_folder.Path);
        _app = await TestApp.StartAsync(dataDirectory: _folder.Path, asterisk: _asterisk, services: services => services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(held)));
        await _asterisk.ConnectedAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.Empty(await EntriesAsync());
        await held.ReleaseAsync();

        Assert.Equal(("c1", "Jane"), (await OnlyEntryAsync() is var entry ? entry.CallId : "", entry.CallerName));
        await IsGoneAsync("c1.voicemail");
    }

    [Fact]
    public async Task Messages_LeftDuringAGap_AreCollectedAfterIt()
    {
        await AddRowAsync("c1", row => row.CalleeUserId = _alice);
        _asterisk.Recordings["c1.voicemail"] = Waves.Of(3);
        _asterisk.DropSockets();

        Assert.Equal("c1", (await OnlyEntryAsync()).CallId);
    }

    [Fact]
    public async Task Greeting_Recorded_IsTheOneThatCallersHear()
    {
        _asterisk.Recordings[$"greeting-{_alice}"] = Waves.Of(1);
        _asterisk.Recordings["c1.voicemail"] = Waves.Of(5);
        var call = Some.Call("c1", state: CallState.Ended, caller: _alice) with
        {
            Callee = new CallParty(null, "voicemail-greeting", "Voicemail greeting"),
            Message = new VoicemailMessage(_alice, "c1.voicemail", 5),
        };
        _app.Get<CallFeed>().Tell(call);

        await IsGoneAsync("c1.voicemail");
        Assert.Equal(Waves.Of(5), _asterisk.Recordings[$"greeting-{_alice}"]);
        Assert.NotNull((await RulesAsync()).GreetingAt);
        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task Greeting_FetchedOnceMore_IsKept()
    {
        _asterisk.Recordings["c1.voicemail"] = Waves.Of(5);
        var call = Some.Call("c1", state: CallState.Ended, caller: _alice) with
        {
            Callee = new CallParty(null, "voicemail-greeting", "Voicemail greeting"),
            Message = new VoicemailMessage(_alice, "c1.voicemail", 5),
        };
        _app.Get<CallFeed>().Tell(call);
        await IsGoneAsync("c1.voicemail");

        // As it is where the answer to a deletion was lost; then another one, which shows that this one is done with.
        _app.Get<CallFeed>().Tell(call with { Version = 9 });
        _asterisk.Recordings["c2.voicemail"] = Waves.Of(1);
        _app.Get<CallFeed>().Tell(Some.Call("c2", state: CallState.Ended, caller: _alice) with { Message = new VoicemailMessage(_alice, "c2.voicemail", 0) });
        await IsGoneAsync("c2.voicemail");

        Assert.Equal(Waves.Of(5), _asterisk.Recordings[$"greeting-{_alice}"]);
    }

    [Fact]
    public async Task Greetings_AfterAConnect_AreSettled()
    {
        const string nobody = "00000000-0000-0000-0000-000000000001";
        await _app.Get<CallRules>().ChangeAsync(_alice, settings => settings.GreetingAt = Some.Noon, CancellationToken.None);
        _asterisk.Recordings[$"greeting-{nobody}"] = Waves.Of(1);
        _asterisk.Recordings["greeting-of-the-house"] = Waves.Of(1);
        _asterisk.DropSockets();

        await IsGoneAsync($"greeting-{nobody}");
        Assert.Null((await RulesAsync()).GreetingAt);
        Assert.Contains("greeting-of-the-house", _asterisk.Recordings.Keys);
    }

    [Fact]
    public async Task Deleted_AfterItsTime_IsGoneForGood()
    {
        await _app.DisposeAsync();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        _app = await StartAsync(time);
        await _asterisk.ConnectedAsync(sockets: 2);
        _asterisk.Recordings["c1.voicemail"] = Waves.Of(2);
        End("c1", seconds: 2);
        var entry = await OnlyEntryAsync();
        await _app.Get<Mailbox>().DeleteAsync(_alice, entry.Id, CancellationToken.None);

        time.Advance(TimeSpan.FromMinutes(59));
        await Task.Delay(200);
        Assert.True(File.Exists(Path.Combine(Files, entry.Id + ".wav")));

        time.Advance(TimeSpan.FromMinutes(3));
        await Some.Eventually(() => Task.FromResult(!File.Exists(Path.Combine(Files, entry.Id + ".wav"))), "the file is gone");
        Assert.Empty(await EntriesAsync());
    }

    private Task<TestApp> StartAsync(TimeProvider? time = null) => TestApp.StartAsync(time: time, dataDirectory: _folder.Path, asterisk: _asterisk);

    private void End(string id, int? seconds) => _app.Get<CallFeed>().Tell(
        Some.Call(id, state: CallState.Ended, callee: _alice, callerName: "Jane") with { Message = new VoicemailMessage(_alice, $"{id}.voicemail", seconds) });

    private Task<int> AddRowAsync(string id, Action<CallRecord> change) => _app.WithDatabaseAsync(database =>
    {
        var row = new CallRecord { Id = id, Run = "earlier", StartedAt = Some.Noon, Direction = CallDirection.Inbound, State = CallState.Ended };
        change(row);
        database.Calls.Add(row);
        return database.SaveChangesAsync();
    });

    private async Task<VoicemailEntry> OnlyEntryAsync()
    {
        await Some.Eventually(async () => (await EntriesAsync()).Count > 0, "a message is in the mailbox");
        return Assert.Single(await EntriesAsync());
    }

    private Task<List<VoicemailEntry>> EntriesAsync() => _app.WithDatabaseAsync(database => database.Voicemail.AsNoTracking().ToListAsync());

    private Task<CallSettings> RulesAsync() => _app.Get<CallRules>().OfAsync(_alice, CancellationToken.None);

    private Task IsGoneAsync(string name) => Some.Eventually(() => Task.FromResult(!_asterisk.Recordings.ContainsKey(name)), $"Asterisk has let go of {name}");
}
