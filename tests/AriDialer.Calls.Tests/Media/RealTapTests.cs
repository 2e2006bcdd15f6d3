using System.Diagnostics;
using AriDialer.Calls.Media;
using AriDialer.Calls.Tests.Stasis;
using static AriDialer.Calls.Tests.Media.TapScene;

namespace AriDialer.Calls.Tests.Media;

/// <summary>Taps with the real Asterisk: what it really sends, and what it really has left afterwards.</summary>
public sealed class RealTapTests
{
    [Fact]
    public async Task Taps_OnBothLegs_HearEachSideAloneAndInTime()
    {
        await using var asterisk = await TappedAsterisk.StartAsync();
        await using var engine = await asterisk.StartEngineAsync();
        var call = await asterisk.ConnectAsync(engine);
        await using var caller = await OpenAsync(engine, call, leg: 0);
        await using var callee = await OpenAsync(engine, call, leg: 1);

        var (ofCaller, ofCallee) = (ListenAsync(caller, seconds: 2), ListenAsync(callee, seconds: 2));
        AssertHums(await ofCaller, TappedAsterisk.CallerTone, TappedAsterisk.CalleeTone);
        AssertHums(await ofCallee, TappedAsterisk.CalleeTone, TappedAsterisk.CallerTone);
        Assert.Equal((0, 0), (caller.FramesDropped, callee.FramesDropped));

        // One side hangs up: the taps end by themselves, at once, and nothing of theirs or of the call is left.
        await asterisk.HangUpAsync(call.Legs[1].ChannelId);
        await Task.WhenAll(CountAsync(caller), CountAsync(callee)).WaitAsync(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        await engine.EndedAsync(call.Id);
        await asterisk.IsWithoutAsync(_ => true);
    }

    [Fact]
    public async Task Tap_NobodyReadsForSeconds_HarmsNeitherTheCallNorAsterisk()
    {
        await using var asterisk = await TappedAsterisk.StartAsync();
        await using var engine = await asterisk.StartEngineAsync();
        var call = await asterisk.ConnectAsync(engine);
        await using var unread = await OpenAsync(engine, call, leg: 0);
        await using var read = await OpenAsync(engine, call, leg: 0);

        // Its buffer holds five seconds.
        for (var second = 0; unread.FramesDropped < 50; second++)
        {
            Assert.True(second < 20, $"of {unread.FramesRead} frames nobody read, {unread.FramesDropped} were dropped");
            await ListenAsync(read, seconds: 1);
        }

        var dropped = unread.FramesDropped;
        Assert.InRange(unread.FramesRead - dropped, 250, 255);
        Assert.Equal(0, read.FramesDropped);
        Assert.Equal(CallState.Connected, engine.Directory.Find(call.Id)!.State);

        // What it lost shows as a jump, and it hears on.
        var late = await ListenAsync(unread, seconds: 1);
        Assert.InRange(late.Zip(late.Skip(1)).Max(pair => pair.Second.Begin - pair.First.Begin) / TapClock.Frame, dropped - 10, long.MaxValue);
        AssertHums(late[^50..], TappedAsterisk.CallerTone, TappedAsterisk.CalleeTone);

        await unread.DisposeAsync();
        await read.DisposeAsync();
        Assert.Equal(2, (await asterisk.IdsAsync()).Count(id => call.Legs.Any(leg => leg.ChannelId == id)));
        await asterisk.IsWithoutAsync(CallIds.IsTap);
        await asterisk.HangUpAsync(call.Legs[0].ChannelId);
        await engine.EndedAsync(call.Id);
        await asterisk.IsWithoutAsync(_ => true);
    }

    [Fact]
    public async Task Taps_TheAppGoesAway_LeavesOrphansThatTheNextStartReaps()
    {
        await using var asterisk = await TappedAsterisk.StartAsync();
        CallSnapshot call;
        await using (var first = await asterisk.StartEngineAsync())
        {
            call = await asterisk.ConnectAsync(first);
            await ListenAsync(await OpenAsync(first, call, leg: 0), seconds: 1);
        }

        // A media channel ends with its socket; the snoop and the bridge do not, and nobody ever came for this one's sound.
        await asterisk.MakeUnclaimedMediaAsync($"{call.Id}.med77");
        var left = (await asterisk.IdsAsync()).Where(CallIds.IsTap).ToArray();
        Assert.Contains(left, id => id.Contains(".tap", StringComparison.Ordinal));
        Assert.Contains(left, id => id.Contains(".tbr", StringComparison.Ordinal));
        Assert.Contains(left, id => id.EndsWith(".med77", StringComparison.Ordinal));

        await using var second = await asterisk.StartEngineAsync();
        await second.InStateAsync(call.Id, CallState.Connected);
        await asterisk.IsWithoutAsync(CallIds.IsTap);
        await using var again = await OpenAsync(second, call, leg: 0);
        AssertHums(await ListenAsync(again, seconds: 1), TappedAsterisk.CallerTone, TappedAsterisk.CalleeTone);
    }

    private static async Task<AudioTap> OpenAsync(CallEngine engine, CallSnapshot call, int leg)
    {
        var tap = await engine.Taps.OpenAsync(call.Id, call.Legs[leg].ChannelId, TestContext.Current.CancellationToken);
        Assert.NotNull(tap);
        return tap;
    }

    /// <summary>All frames that come within so many seconds from the first. They come when they say, however long this process waits for a processor now and then.</summary>
    private static async Task<List<AudioFrame>> ListenAsync(AudioTap tap, int seconds)
    {
        List<AudioFrame> frames = [await ReadAsync(tap)];
        var late = double.MaxValue;
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(seconds);)
        {
            frames.Add(await ReadAsync(tap));
            Assert.True(frames[^1].Begin >= frames[^2].Begin, "a frame goes back");
            late = Math.Min(late, (TimeProvider.System.GetUtcNow() - frames[^1].At).TotalMilliseconds);
        }

        Assert.InRange(late, -150, 500);
        return frames;
    }

    private static void AssertHums(List<AudioFrame> frames, int tone, int other)
    {
        var samples = frames.SelectMany(frame => frame.Samples).ToArray();
        var (own, foreign) = (Strength(samples, tone), Strength(samples, other));
        Assert.True(own > 500 && own > 20 * foreign, $"{tone} Hz: {own:0}, {other} Hz: {foreign:0}");
    }

    // Goertzel's filter, frame by frame: a hole does not matter to it.
    private static double Strength(short[] samples, int hertz) => samples.Chunk(TapClock.Frame).Average(frame =>
    {
        var turn = 2 * Math.PI * hertz / AudioFrame.Rate;
        var (sine, cosine) = (0.0, 0.0);
        for (var n = 0; n < frame.Length; n++)
        {
            sine += frame[n] * Math.Sin(turn * n);
            cosine += frame[n] * Math.Cos(turn * n);
        }

        return 2 * Math.Sqrt((sine * sine) + (cosine * cosine)) / frame.Length;
    });
}
