using AriDialer.Calls.Media;
using AriDialer.Calls.Tests.Stasis;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Media;

/// <summary>What tests of taps have in common: a call to hear, and looks at what is heard and left.</summary>
internal static class TapScene
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>A call from the trunk to an agent who answers.</summary>
    internal static async Task<string> ConnectAsync(FakeAsterisk asterisk, CallEngine engine, string channelId = "caller-1")
    {
        asterisk.OnDial = static leg => leg.Answer();
        var id = CallIds.ForArrival(asterisk.Arrive("+12025550101", id: channelId).Id, null);
        await engine.InStateAsync(id, CallState.Connected);
        return id;
    }

    internal static async Task<AudioFrame> ReadAsync(AudioTap tap) => await tap.Frames.ReadAsync().AsTask().WaitAsync(Limit);

    /// <summary>Reads to the end, which must come.</summary>
    internal static async Task<int> CountAsync(AudioTap tap)
    {
        using var late = new CancellationTokenSource(Limit);
        var count = 0;
        await foreach (var frame in tap.Frames.ReadAllAsync(late.Token))
        {
            count++;
        }

        return count;
    }

    internal static Task NothingIsLeftOfTapsAsync(FakeAsterisk asterisk, CallEngine engine) => engine.UntilAsync(
        () => !asterisk.Channels.Any(channel => CallIds.IsTap(channel.Id)) && !asterisk.Bridges.Any(bridge => CallIds.IsTap(bridge.Id)),
        "everything of taps to be gone");
}
