using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Live;
using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Transcription.Keywords;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Live;
using Microsoft.AspNetCore.SignalR.Client;

namespace AriDialer.Web.Tests.Transcription.Keywords;

/// <summary>From a word in a live call to the pages of those who may know of it.</summary>
public sealed class KeywordWatchTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private CallParty _alice = null!;
    private CallParty _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _alice = new CallParty(await _app.AddPersonAsync("Alice", number: "+12025550101"), "+12025550101", "Alice");
        _bob = new CallParty(await _app.AddPersonAsync("Bob", number: "+12025550102"), "+12025550102", "Bob");
        await _app.AddPersonAsync("Sam", "supervisor");
        await _app.WatchForAsync("cancel*", KeywordTone.Risk, RecordingSide.Right);
        await _app.WatchForAsync("happy to help", KeywordTone.Good, RecordingSide.Left);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Heard_ReachesTheLivePage_WithWhoSaidIt()
    {
        await using var hub = await ConnectAsync("Sam");
        await using var calls = WatchAsync(hub, "all");
        await BeginAsync("a", Controlled.Jane, _alice);
        await UntilAsync(calls, call => call.Id == "a");

        Watch.Heard("a", RecordingSide.Left, Transcribed.Segment(1, "I cannot cancel it but am happy"));
        Watch.Heard("a", RecordingSide.Right, Transcribed.Segment(2, "then I am cancelling"));
        Assert.Equal([new FlagView("cancel*", KeywordTone.Risk, "Jane Doe", false, 1)], (await UntilAsync(calls, call => call.Flags.Count > 0)).Flags);

        Watch.Heard("a", RecordingSide.Left, Transcribed.Segment(4.5, "to help"));
        Watch.Heard("a", RecordingSide.Right, Transcribed.Segment(6, "cancel"));
        var call = await UntilAsync(calls, call => call.Flags is [{ Count: 2 }, _]);
        Assert.Equal(new FlagView("happy to help", KeywordTone.Good, "Alice", true, 1), call.Flags[1]);

        // Whoever comes later sees them too; and they are forgotten with the call.
        await using var later = WatchAsync(hub, "all");
        Assert.Equal(2, (await UntilAsync(later, one => one.Id == "a")).Flags.Count);
        _app.Get<CallFeed>().Tell(Some.Talk("a", Controlled.Jane, _alice, 2) with { State = CallState.Ended });
        Assert.Equal("a", (await UntilAsync(later, one => one.State == CallState.Ended)).Id);
        Assert.Empty(_app.Get<LiveBoard>().FlagsOf("a"));
        Watch.Heard("a", RecordingSide.Right, Transcribed.Segment(9, "cancel"));
        Assert.Empty(_app.Get<LiveBoard>().FlagsOf("a"));
    }

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    public async Task Heard_ReachesTheAgent_WhereAgentsMayListen_AndOnlyOfTheirOwnCalls(string mayListen, int flags)
    {
        await using var app = await TestApp.StartAsync(new() { ["Recording:AgentsMayListen"] = mayListen });
        var alice = new CallParty(await app.AddPersonAsync("Alice"), "+12025550101", "Alice");
        var bob = new CallParty(await app.AddPersonAsync("Bob"), "+12025550102", "Bob");
        await app.WatchForAsync("cancel");
        await using var hub = app.NewHub(await app.SignInAsync("Alice"));
        await hub.StartAsync();
        await using var calls = WatchAsync(hub, "mine");
        await BeginAsync(app, "his", Controlled.Jane, bob);
        await BeginAsync(app, "hers", Controlled.Jane, alice);
        app.Get<KeywordWatch>().Heard("his", RecordingSide.Left, Transcribed.Segment(1, "cancel"));
        app.Get<KeywordWatch>().Heard("hers", RecordingSide.Left, Transcribed.Segment(1, "cancel"));
        var talk = Some.Talk("hers", Controlled.Jane, alice, 9);
        app.Get<CallFeed>().Tell(talk);
        Assert.Equal(flags, (await UntilAsync(calls, call => call.Version == 9)).Flags.Count);

        // Whoever has left, or was only rung, sees the call but not what is said in it.
        app.Get<CallFeed>().Tell(talk with { Version = 10, Legs = [.. talk.Legs.Select(leg => leg.UserId == alice.UserId ? leg with { State = LegState.Gone } : leg)] });
        Assert.Empty((await UntilAsync(calls, call => call.Version == 10)).Flags);
        Assert.Single(app.Get<LiveBoard>().FlagsOf("his"));
    }

    [Fact]
    public async Task Teams_WatchForTheirOwn()
    {
        await _app.AddTeamAsync("sales", _alice.UserId!);
        await _app.WatchForAsync("discount", team: "sales");
        string[] alice = [_alice.UserId!];

        Assert.Single(Watch.Find(alice, null, RecordingSide.Left, Transcribed.Segment(1, "a discount")));
        Assert.Empty(Watch.Find([_bob.UserId!], null, RecordingSide.Left, Transcribed.Segment(1, "a discount")));
        Assert.Single(Watch.Find([_bob.UserId!], "sales", RecordingSide.Left, Transcribed.Segment(1, "a discount")));
        Assert.Single(Watch.Find([], null, RecordingSide.Right, Transcribed.Segment(1, "cancel")));
        Assert.Empty(Watch.Find([], null, RecordingSide.Left, Transcribed.Segment(1, "cancel")));

        await BeginAsync("hers", Controlled.Jane, _alice);
        await BeginAsync("his", Controlled.Jane, _bob);
        foreach (var call in new[] { "hers", "his" })
            Watch.Heard(call, RecordingSide.Left, Transcribed.Segment(1, "a discount"));
        Assert.Equal((1, 0), (_app.Get<LiveBoard>().FlagsOf("hers").Count, _app.Get<LiveBoard>().FlagsOf("his").Count));
    }

    [Fact]
    public async Task Redacted_NumbersAreNotFound_AlsoWhereTheyBeganInTheSegmentBefore()
    {
        await using var app = await TestApp.StartAsync(new() { ["Transcription:Redact"] = "true" });
        await app.WatchForAsync("one one");
        await app.WatchForAsync("card");
        await BeginAsync(app, "a", Controlled.Jane, Controlled.Alice);
        var watch = app.Get<KeywordWatch>();
        Assert.Empty(watch.Find([], null, RecordingSide.Right, Transcribed.Segment(1, "four one one one")));

        watch.Heard("a", RecordingSide.Right, Transcribed.Segment(1, "my card is four two three"));
        watch.Heard("a", RecordingSide.Right, Transcribed.Segment(5, "one one thanks"));
        Assert.Equal(["card"], app.Get<LiveBoard>().FlagsOf("a").Select(one => one.Flag.Phrase));
    }

    private KeywordWatch Watch => _app.Get<KeywordWatch>();

    private Task BeginAsync(string id, CallParty caller, CallParty callee) => BeginAsync(_app, id, caller, callee);

    private static async Task BeginAsync(TestApp app, string id, CallParty caller, CallParty callee)
    {
        app.Get<CallFeed>().Tell(Some.Talk(id, caller, callee));
        await Some.Eventually(() => Task.FromResult(app.Get<LiveBoard>().Find(id) is not null), "the board knows the call");
    }

    private async Task<HubConnection> ConnectAsync(string name)
    {
        var hub = _app.NewHub(await _app.SignInAsync(name));
        await hub.StartAsync();
        return hub;
    }

    private static IAsyncEnumerator<LiveMessage> WatchAsync(HubConnection hub, string scope) =>
        hub.StreamAsync<LiveMessage>("Watch", scope, TestContext.Current.CancellationToken).GetAsyncEnumerator();

    private static async Task<CallView> UntilAsync(IAsyncEnumerator<LiveMessage> messages, Func<CallView, bool> isIt)
    {
        while (await messages.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)))
        {
            if (messages.Current.Calls.FirstOrDefault(isIt) is { } call)
                return call;
        }

        throw new InvalidOperationException("The stream has ended.");
    }
}
