using System.Diagnostics.Metrics;
using AriDialer.Calls.Media;
using AriDialer.Calls.Tests.Stasis;
using AriDialer.Testing;
using static AriDialer.Calls.Tests.Media.TapScene;

namespace AriDialer.Calls.Tests.Media;

/// <summary>What comes out of an open tap, whatever comes in and whoever reads it.</summary>
public sealed class AudioTapTests
{
    [Fact]
    public async Task Tap_NobodyReads_IsDrainedAndLosesFramesForItsReaderOnly()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine);
        await using var tap = (await engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken))!;
        for (var n = 0; n < 1000; n++)
        {
            Assert.Single(asterisk.Media).SendFrame((short)n);
        }

        await engine.UntilAsync(() => tap.FramesRead == 1000, "all to be read");
        Assert.Equal(750, tap.FramesDropped);
        for (var n = 0; n < 250; n++)
        {
            Assert.Equal(n, (await ReadAsync(tap)).Samples[0]);
        }

        Assert.Single(asterisk.Media).SendFrame(1000);
        Assert.Equal(1000, (await ReadAsync(tap)).Samples[0]);
        Assert.Equal(750, tap.FramesDropped);
    }

    [Fact]
    public async Task Tap_FragmentsTextsAndNonsense_GiveWholeFramesOnly()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine);
        await using var tap = (await engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken))!;
        var media = Assert.Single(asterisk.Media);
        media.Fragment(7);
        media.SendFrame(1);
        media.Say("MEDIA_XOFF");
        media.Say("""{"event":"nonsense"}""");
        media.Send(new byte[] { 9 });
        media.SendFrame(2);
        media.Send(Array.Empty<byte>());
        media.Say(new string('x', 100_000));
        media.SendFrame(3);

        for (short n = 1; n <= 3; n++)
        {
            var frame = await ReadAsync(tap);
            Assert.Equal(320, frame.Samples.Length);
            Assert.All(frame.Samples, sample => Assert.Equal(n, sample));
        }

        Assert.Equal(3, tap.FramesRead);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tap_SocketIsCut_CompletesAndTheCallGoesOn(bool ofMedia)
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine);
        await using var tap = (await engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken))!;
        if (ofMedia)
        {
            asterisk.Media[0].Drop();
        }
        else
        {
            asterisk.Channels.Single(channel => channel.Id.Contains(".tap", StringComparison.Ordinal)).HangUp();
        }

        Assert.Equal(0, await CountAsync(tap));
        await NothingIsLeftOfTapsAsync(asterisk, engine);
        Assert.Equal(CallState.Connected, engine.Directory.Find(id)!.State);
        Assert.NotNull(await engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Tap_SocketGoesDeadWithoutAWord_IsFoundOutByAPing()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk, configure: options =>
            options.KeepAliveInterval = options.KeepAliveTimeout = TimeSpan.FromMilliseconds(500));
        var id = await ConnectAsync(asterisk, engine);
        await using var tap = (await engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken))!;
        asterisk.Media[0].Freeze();
        Assert.Equal(0, await CountAsync(tap));
        await NothingIsLeftOfTapsAsync(asterisk, engine);
        Assert.Equal(CallState.Connected, engine.Directory.Find(id)!.State);
    }

    [Fact]
    public async Task Metrics_OfATap_CountWhatIsReadAndDroppedAndWhetherItIsOpen()
    {
        var counted = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Name.StartsWith("aridialer.taps.", StringComparison.Ordinal))
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            lock (counted)
            {
                counted[instrument.Name] = counted.GetValueOrDefault(instrument.Name) + value;
            }
        });
        listener.Start();
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine);
        await using (var tap = (await engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken))!)
        {
            for (var n = 0; n < 300; n++)
            {
                asterisk.Media[0].SendFrame(1);
            }

            await engine.UntilAsync(() => tap.FramesRead == 300, "all to be read");
        }

        // Other tests have taps at the same time, and count on the same instruments.
        lock (counted)
        {
            Assert.True(counted["aridialer.taps.read"] >= 300, "frames read");
            Assert.True(counted["aridialer.taps.dropped"] >= 50, "frames dropped");
            Assert.True(counted.ContainsKey("aridialer.taps.open"), "open taps");
        }
    }

    [Fact]
    public async Task Tap_AsteriskDies_CompletesAndDisposingIsBounded()
    {
        var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine);
        var tap = (await engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken))!;
        await asterisk.DisposeAsync();
        Assert.Equal(0, await CountAsync(tap));
        await tap.DisposeAsync().AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Null(await engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task IsSilenced_InAPause_NoBufferHoldsWhatIsSaidAndPlacesGoOn()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        var id = await ConnectAsync(asterisk, engine);
        await using var tap = (await engine.Taps.OpenAsync(id, CallIds.Leg(id, 1), TestContext.Current.CancellationToken))!;
        var media = Assert.Single(asterisk.Media);
        for (var n = 0; n < 10; n++)
        {
            media.SendFrame(1);
        }

        await engine.UntilAsync(() => tap.FramesRead == 10, "what was said before the pause");
        tap.IsSilenced = true;
        Assert.False(tap.Frames.TryRead(out _));
        for (var n = 0; n < 10; n++)
        {
            media.SendFrame(2);
        }

        media.Send(new byte[] { 2, 0, 2, 0 });
        await engine.UntilAsync(() => tap.FramesRead == 20, "what was said in the pause");
        await Task.Delay(250, TestContext.Current.CancellationToken);
        tap.IsSilenced = false;
        media.SendFrame(3);
        media.SendFrame(3);

        var after = await ReadAsync(tap);
        Assert.All(after.Samples, sample => Assert.NotEqual(2, sample));
        Assert.Equal(3, after.Samples[^1]);
        Assert.True(after.Begin >= AudioFrame.Rate / 5, $"the pause has no length: {after.Begin}");
        Assert.Equal(0, tap.FramesDropped);
    }
}
