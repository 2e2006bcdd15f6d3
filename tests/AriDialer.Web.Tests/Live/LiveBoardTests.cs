using AriDialer.Calls;
using AriDialer.Web.Features.Live;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Live;

public sealed class LiveBoardTests : IAsyncLifetime
{
    private readonly CallFeed _feed = new();
    private LiveBoard _board = null!;

    public async ValueTask InitializeAsync()
    {
        _board = new LiveBoard(_feed);
        await _board.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _board.StopAsync(CancellationToken.None);
        _board.Dispose();
    }

    [Fact]
    public async Task Watch_CallsInProgress_BeginsWithTheirSnapshot()
    {
        await TellAndWaitAsync(Some.Call("a", 1), Some.Call("b", 1), Some.Call("b", 2, CallState.Ended));
        await using var messages = Watch(null);

        var (kind, sequence, calls) = await NextAsync(messages);

        Assert.Equal(LiveMessageKind.Snapshot, kind);
        Assert.Equal(4, sequence);
        Assert.Equal(["a", "last"], calls.Select(call => call.Id).Order());
    }

    [Fact]
    public async Task Watch_ManyChangesWhileThePageIsSlow_TellsTheNewestOfEachOnce()
    {
        await using var messages = Watch(null);
        await NextAsync(messages);
        for (var version = 1; version <= 50; version++)
        {
            _feed.Tell(Some.Call("a", version));
        }

        await TellAndWaitAsync(Some.Call("b", 1));
        var (kind, _, calls) = await NextAsync(messages);

        Assert.Equal(LiveMessageKind.Change, kind);
        Assert.Equal(50, calls.Single(call => call.Id == "a").Version);
        Assert.Equal(3, calls.Count);
    }

    [Fact]
    public async Task Watch_EndedCall_IsToldOnceAndGone()
    {
        await TellAndWaitAsync(Some.Call("a", 1));
        await using var messages = Watch(null);
        await NextAsync(messages);
        await TellAndWaitAsync(Some.Call("a", 2, CallState.Ended));

        Assert.Contains((await NextAsync(messages)).Calls, call => call is { Id: "a", State: CallState.Ended });
        await using var later = Watch(null);
        Assert.DoesNotContain((await NextAsync(later)).Calls, call => call.Id == "a");
    }

    [Fact]
    public async Task Watch_Agent_SeesTheirOwnCallsOnlyAndTheirEndToo()
    {
        await TellAndWaitAsync(Some.Call("mine", 1, callee: "alice"), Some.Call("other", 1, callee: "bob"));
        await using var messages = Watch("alice");

        Assert.Equal(["mine"], (await NextAsync(messages)).Calls.Select(call => call.Id));

        // Answered by somebody else: it no longer concerns her, but she was told of it.
        await TellAndWaitAsync(Some.Call("other", 2, callee: "bob"), Some.Call("mine", 2, CallState.Ended, callee: "bob"));
        Assert.Equal(["mine"], (await NextAsync(messages)).Calls.Select(call => call.Id));
    }

    [Fact]
    public async Task Watch_FallenFarBehind_IsToldEverythingAnew()
    {
        await using var messages = Watch(null);
        await NextAsync(messages);
        for (var i = 0; i < 1_500; i++)
        {
            _feed.Tell(Some.Call($"gone-{i}", 1, CallState.Ended));
        }

        await TellAndWaitAsync(Some.Call("a", 1));
        var (kind, _, calls) = await NextAsync(messages);

        Assert.Equal(LiveMessageKind.Snapshot, kind);
        Assert.Equal(["a", "last"], calls.Select(call => call.Id).Order());
    }

    private IAsyncEnumerator<(LiveMessageKind Kind, long Sequence, IReadOnlyCollection<CallSnapshot> Calls)> Watch(string? userId) =>
        _board.Watch(userId).ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();

    private static async Task<(LiveMessageKind Kind, long Sequence, IReadOnlyCollection<CallSnapshot> Calls)> NextAsync(
        IAsyncEnumerator<(LiveMessageKind, long, IReadOnlyCollection<CallSnapshot>)> messages)
    {
        Assert.True(await messages.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
        return messages.Current;
    }

    /// <summary>Tells these, and a last one of nobody's by which the board is known to have read them.</summary>
    private async Task TellAndWaitAsync(params CallSnapshot[] calls)
    {
        foreach (var call in calls)
        {
            _feed.Tell(call);
        }

        var version = Random.Shared.NextInt64(1, long.MaxValue);
        _feed.Tell(Some.Call("last", version));
        await Some.Eventually(
            async () =>
            {
                using var probe = _board.Watch(null);
                await using var messages = probe.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
                return (await NextAsync(messages)).Calls.Any(call => call.Version == version);
            },
            "the board has read the last call");
    }
}
