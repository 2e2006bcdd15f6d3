using System.Net;
using AriDialer.Calls;
using AriDialer.Web.Features.Live;
using AriDialer.Web.Features.Transcription.Engines;
using AriDialer.Web.Features.Transcription.Live;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Transcription.Live;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.Live;

/// <summary>Who may read along with a call that is recorded, and what they get, through the whole app.</summary>
public sealed class ReadAlongTests : IAsyncLifetime
{
    private readonly ScriptedEngine _engine = new();
    private readonly ScriptedLeg _leg = new(Some.Noon);
    private TestApp _app = null!;
    private CallSnapshot _call = null!;
    private string _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await StartAsync([]);
        _alice = await _app.AddPersonAsync("Alice", number: "+12025550101");
        await _app.AddPersonAsync("Bob", number: "+12025550102");
        await _app.AddPersonAsync("Sam", "supervisor");
        _call = Call(_alice);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task ReadAlong_WhoTakesPart_ReadsWhatIsSaid_AndThatItIsOver()
    {
        await using var hub = await ConnectAsync("Alice");
        Tell(_call);
        await LiveAsync();
        List<LiveWords> said = [];
        await foreach (var words in hub.StreamAsync<LiveWords>("ReadAlong", _call.Id, Soon()))
        {
            said.Add(words);
            if (said.Count == 1)
                _leg.Say(1, 0, 0, 0, 0, 0);
            if (words.Lines.Any(line => line.Kind == LiveLineKind.Final))
                Tell(_call with { State = CallState.Ended, End = new CallEnd(EndedBy.Agent, EndReasons.Completed, 16), Version = 99 });
        }

        Assert.Equal(LiveMessageKind.Snapshot, said[0].Kind);
        Assert.Equal(LiveWordsState.Over, said[^1].State);
        var line = said.SelectMany(words => words.Lines).First(line => line.Kind == LiveLineKind.Final);
        Assert.Equal(("Alice Agent", "w1"), (line.Name, line.Text));
    }

    [Fact]
    public async Task ReadAlong_Supervisor_MayReadAnyCall_AndItIsWrittenDown()
    {
        await using var hub = await ConnectAsync("Sam");
        Tell(_call);
        await LiveAsync();
        await foreach (var words in hub.StreamAsync<LiveWords>("ReadAlong", _call.Id, Soon()))
        {
            if (words.State == LiveWordsState.Listening)
                break;
        }

        Assert.Equal(1, await _app.WithDatabaseAsync(database => database.Audit.CountAsync(entry => entry.Action == "call-read-along")));
    }

    [Fact]
    public async Task ReadAlong_Supervisor_WhileTheDatabaseIsLocked_ReadsNothingThatIsNotWrittenDown()
    {
        await using var hub = await ConnectAsync("Sam");
        Tell(_call);
        await LiveAsync();
        await using (await LockedDatabase.HoldAsync(_app.DataDirectory))
        {
            var read = 0;
            await Assert.ThrowsAsync<HubException>(async () =>
            {
                await foreach (var _ in hub.StreamAsync<LiveWords>("ReadAlong", _call.Id, Soon()))
                {
                    read++;
                }
            });
            Assert.Equal(0, read);
        }

        // The page asks again by itself.
        await foreach (var _ in hub.StreamAsync<LiveWords>("ReadAlong", _call.Id, Soon()))
        {
            break;
        }

        Assert.Equal(1, await _app.WithDatabaseAsync(database => database.Audit.CountAsync(entry => entry.Action == "call-read-along")));
    }

    [Fact]
    public async Task ReadAlong_WhoDoesNotTakePart_OrHasLeft_MayNot()
    {
        await using var bob = await ConnectAsync("Bob");
        Tell(_call);
        await LiveAsync();
        await Assert.ThrowsAsync<HubException>(() => ReadAsync(bob, _call.Id));
        await Assert.ThrowsAsync<HubException>(() => ReadAsync(bob, "no such call"));

        await using var alice = await ConnectAsync("Alice");
        var reading = Assert.ThrowsAsync<HubException>(() => ReadAsync(alice, _call.Id));
        Tell(_call with { Version = 8, Legs = [_call.Legs[0], _call.Legs[1] with { State = LegState.Gone }] });
        await Some.Eventually(() => Task.FromResult(_app.Get<LiveBoard>().Find(_call.Id)!.Version == 8), "her leg is gone");
        Tell(_call with { Version = 9, Legs = [_call.Legs[0]], Recording = _call.Recording! with { State = RecordingState.Paused } });
        await reading;
        Assert.Equal(0, await _app.WithDatabaseAsync(database => database.Audit.CountAsync(entry => entry.Action == "call-read-along")));
    }

    [Fact]
    public async Task ReadAlong_WhereAgentsMayNotListen_OnlySupervisorsMay()
    {
        await using var app = await StartAsync(new() { ["Recording:AgentsMayListen"] = "false" });
        var alice = await app.AddPersonAsync("Alice");
        await using var hub = app.NewHub(await app.SignInAsync("Alice"));
        await hub.StartAsync();
        app.Get<CallFeed>().Tell(Call(alice));
        await Some.Eventually(() => Task.FromResult(app.Get<LiveBoard>().Find(_call.Id) is not null), "it is live");

        await Assert.ThrowsAsync<HubException>(() => ReadAsync(hub, _call.Id));
        Assert.DoesNotContain("data-words=\"true\"", await TextAsync(await app.SignInAsync("Alice"), "/live"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfALiveCall_NamesBothSides_AndLeadsToTheHistoryOnceItIsOver()
    {
        var alice = await _app.SignInAsync("Alice");
        Tell(_call);
        await LiveAsync();

        var page = await TextAsync(alice, $"/live/{_call.Id}");
        Assert.Contains("Alice Agent with Jane Doe", page, StringComparison.Ordinal);
        Assert.Contains("data-read-along", page, StringComparison.Ordinal);
        Assert.Contains("data-words=\"true\"", await TextAsync(alice, "/live"), StringComparison.Ordinal);

        var gone = await alice.GetAsync("/live/old");
        Assert.Equal((HttpStatusCode.Redirect, "/history/old"), (gone.StatusCode, gone.Headers.Location!.OriginalString));
        var bob = await (await _app.SignInAsync("Bob")).GetAsync($"/live/{_call.Id}");
        Assert.Equal(HttpStatusCode.Redirect, bob.StatusCode);
    }

    private Task<TestApp> StartAsync(Dictionary<string, string> settings) => TestApp.StartAsync(settings, services: services =>
    {
        services.AddSingleton(provider => new TranscriptionEngines([_engine], provider.GetRequiredService<EngineSettings>()));
        services.AddSingleton<HearLeg>((_, channelId, _) => Task.FromResult<LegSound?>(channelId == _call.Legs[1].ChannelId ? _leg : new ScriptedLeg(Some.Noon)));
    });

    private static CallSnapshot Call(string alice)
    {
        var recorded = Controlled.Recorded;
        return recorded with
        {
            Callee = recorded.Callee with { UserId = alice },
            Legs = [recorded.Legs[0], recorded.Legs[1] with { UserId = alice, Party = recorded.Legs[1].Party with { UserId = alice } }],
        };
    }

    private void Tell(CallSnapshot call) => _app.Get<CallFeed>().Tell(call);

    private Task LiveAsync() => Some.Eventually(() => Task.FromResult(_app.Get<LiveBoard>().Find(_call.Id) is not null), "it is live");

    private async Task<HubConnection> ConnectAsync(string name)
    {
        var hub = _app.NewHub(await _app.SignInAsync(name));
        await hub.StartAsync();
        return hub;
    }

    private static async Task ReadAsync(HubConnection hub, string callId)
    {
        await foreach (var _ in hub.StreamAsync<LiveWords>("ReadAlong", callId, Soon()))
        {
        }
    }

    private static async Task<string> TextAsync(Browser browser, string path) => await (await browser.GetAsync(path)).Content.ReadAsStringAsync();

    private static CancellationToken Soon() => new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token;
}
