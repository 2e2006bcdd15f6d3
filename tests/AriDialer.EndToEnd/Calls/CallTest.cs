using AriDialer.EndToEnd.House;

namespace AriDialer.EndToEnd.Calls;

/// <summary>A test that makes calls, and leaves none behind: neither channel nor bridge may outlive it.</summary>
public abstract class CallTest(TestHouse house) : IAsyncLifetime
{
    internal TestHouse House { get; } = house;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Eventually.TrueAsync(
            async () => (await House.Ari.ChannelsAsync()).Count == 0 && (await House.Ari.BridgesAsync()).Count == 0,
            () => $"The test left channels or bridges behind.\n{House.App.Log}");
    }
}
