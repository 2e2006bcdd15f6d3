using AriDialer.Web.Features.Presence;
using AriDialer.Web.Features.Security;
using AriDialer.Web.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Web.Tests.Presence;

public sealed class PresenceBoardTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(Some.Noon);
    private TestApp _app = null!;
    private string _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(time: _time);
        _alice = await _app.AddPersonAsync("Alice");
        await Some.Eventually(async () => await StateAsync() is not null, "the board knows Alice");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task PageThatIsReloaded_IsNotAway_ButOneThatStaysClosedIs()
    {
        var first = Open();
        Assert.Equal(PresenceState.Available, await StateAsync());

        first.Dispose();
        _time.Advance(PresenceBoard.Grace / 2);
        var reloaded = Open();
        _time.Advance(PresenceBoard.Grace);
        Assert.Equal(PresenceState.Available, await StateAsync());

        reloaded.Dispose();
        Assert.Equal(PresenceState.Available, await StateAsync());
        _time.Advance(PresenceBoard.Grace);
        await Some.Eventually(async () => await StateAsync() == PresenceState.Away, "Alice is away");
    }

    [Fact]
    public async Task OneOfTwoPages_IsEnough()
    {
        var first = Open();
        using var second = Open();
        first.Dispose();
        _time.Advance(PresenceBoard.Grace);
        await Task.Delay(50, TestContext.Current.CancellationToken);

        Assert.Equal(PresenceState.Available, await StateAsync());
    }

    [Fact]
    public async Task ManyChangesInAMoment_AreToldTogether_EachPersonOnce()
    {
        using var watcher = _app.Get<PresenceBoard>().Watch(_alice);
        await using var messages = watcher.ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        Assert.True(await messages.MoveNextAsync());
        var next = messages.MoveNextAsync().AsTask();
        for (var i = 0; i < 20; i++)
        {
            Open().Dispose();
            _time.Advance(PresenceBoard.Grace / 100);
        }

        _time.Advance(PresenceWatcher.Pause);
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal((PeopleMessageKind.Change, 1), (messages.Current.Kind, messages.Current.People.Count));
    }

    private IDisposable Open() => _app.Get<OpenConnections>().Add(_alice, "sign-in", isPhone: false, _ => Task.CompletedTask);

    private async Task<PresenceState?> StateAsync()
    {
        using var watcher = _app.Get<PresenceBoard>().Watch(_alice);
        await using var messages = watcher.ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        await messages.MoveNextAsync();
        return messages.Current.People.SingleOrDefault(lamp => lamp.UserId == _alice)?.State;
    }
}
