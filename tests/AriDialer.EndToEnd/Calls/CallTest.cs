using AriDialer.EndToEnd.House;

namespace AriDialer.EndToEnd.Calls;

/// <summary>A test that makes calls, watched by the supervisor. It leaves none behind: neither channel nor bridge may outlive it.</summary>
public abstract class CallTest(TestHouse house) : IAsyncLifetime
{
    internal TestHouse House { get; } = house;

    internal SupervisorDesk Supervisor { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        // A test that failed in mid-call must not fail the next one too.
        await House.OpenAsync();
        await House.ClearAsync();
        Supervisor = await House.SupervisorAsync();
        await Supervisor.SeesNothingAsync();
        await Supervisor.TakeNoteAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await House.OpenAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{House.App.Log}\n{House.Asterisk.ReadLog()}");
        IReadOnlyList<string> channels = [], bridges = [];
        await Eventually.TrueAsync(
            async () => ((channels = await House.Ari.ChannelsAsync()).Count, (bridges = await House.Ari.BridgesAsync()).Count) == (0, 0),
            () => $"The test left behind: {string.Join(", ", [.. channels, .. bridges])}");
        await Supervisor.SeesNothingAsync();
    }
}
