using System.Diagnostics;
using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Sound;
using static AriDialer.Web.Features.Recording.Audio.RecordingSide;

namespace AriDialer.Web.Tests.Recording.Audio;

/// <summary>The sum of the tracks, to the sample.</summary>
public sealed class RecordingMixTests : IDisposable
{
    private readonly TrackFolder _call = new();

    public void Dispose() => _call.Dispose();

    [Fact]
    public async Task Mix_TracksOfBothSides_ArePlacedToTheMillisecond()
    {
        _call.Add(Right, 0.75, Signals.Constant(0.5, 2_000));
        _call.Add(Left, 0.001, Signals.Constant(1, 1_000));

        var (sound, _) = await _call.MixAsync();

        // It begins with the earliest, one ms into the call.
        Assert.Equal([.. Signals.Constant(1, 1_000), .. Signals.Silence(0.249)], sound.Left);
        Assert.Equal([.. Signals.Silence(0.749), .. Signals.Constant(0.5, 2_000)], sound.Right);
    }

    [Fact]
    public async Task Mix_TracksOfOneSide_AreAddedAndNeverWrapAround()
    {
        _call.Add(Left, 0, [20_000, 20_000, -20_000, 1]);
        _call.Add(Left, 0, [10_000, 20_000, -20_000, -3, 5]);

        Assert.Equal([30_000, short.MaxValue, short.MinValue, -2, 5], (await _call.MixAsync()).Sound.Left);
    }

    [Fact]
    public async Task Mix_Pauses_AreZeroOnBothSides()
    {
        _call.Add(Left, 0, Signals.Constant(3, 1_000));
        _call.Add(Right, 0, Signals.Constant(3, 1_000));
        _call.Pause(-1, 0.1);
        _call.Pause(0.4, 1.6);
        _call.Pause(2.9, 10);

        var (sound, mix) = await _call.MixAsync();

        short[] expected =
        [
            .. Signals.Silence(0.1), .. Signals.Constant(0.3, 1_000), .. Signals.Silence(1.2), .. Signals.Constant(1.3, 1_000), .. Signals.Silence(0.1),
        ];
        Assert.Equal(expected, sound.Left);
        Assert.Equal(expected, sound.Right);
        Assert.Equal(0, mix.Levels.Waveform.Left[20]);
    }

    [Fact]
    public async Task Mix_ATrackThatLostPackets_IsAsLongAsItsTime_FilledWhereItIsQuiet()
    {
        // In each second a tenth is silent; a tenth of all packets was lost.
        short[] second = [.. Signals.Constant(0.6, 1_000), .. Signals.Silence(0.1), .. Signals.Constant(0.3, 1_000)];
        _call.Add(Left, 0, [.. Enumerable.Repeat(second, 9).SelectMany(samples => samples), 7_777]);
        _call.EndLastAt(10.1);

        var (sound, mix) = await _call.MixAsync();

        Assert.InRange(sound.Left.Length, 10.1 * Signals.Rate, 10.1 * Signals.Rate + 1);
        Assert.InRange(Array.IndexOf(sound.Left, (short)7_777), 10.07 * Signals.Rate, 10.1 * Signals.Rate);
        Assert.Equal(9 * 0.9 * Signals.Rate, sound.Left.Count(sample => sample == 1_000));
        Assert.Equal(9, Enumerable.Range(1, sound.Left.Length - 1).Count(i => sound.Left[i] == 0 && sound.Left[i - 1] == 1_000));
        Assert.True(mix.IsPartial);
    }

    [Theory]
    [InlineData(2.08)]
    [InlineData(1.5)]
    public async Task Mix_ATrackThatIsAsLongAsItsTime_IsLeftAlone(double end)
    {
        _call.Add(Left, 0, Signals.Constant(2, 1_000));
        _call.EndLastAt(end);

        var (sound, mix) = await _call.MixAsync();

        Assert.Equal(Signals.Constant(2, 1_000), sound.Left);
        Assert.False(mix.IsPartial);
    }

    [Fact]
    public async Task Mix_ATrackOf8Kilohertz_KeepsEachOfItsSamplesAndMakesThoseBetween()
    {
        var own = Signals.Sine(1, 1_000, rate: 8_000);
        _call.Add(Left, 0, own, rate: 8_000);

        var left = (await _call.MixAsync()).Sound.Left;

        Assert.Equal(own, left.Where((_, i) => i % 2 == 0));
        var whole = Signals.Sine(1, 1_000);
        Assert.All(Enumerable.Range(100, 15_800), i => Assert.InRange(left[i] - whole[i], -60, 60));
    }

    [Fact]
    public async Task Mix_Levels_TellPeaks()
    {
        _call.Add(Left, 0, [.. Signals.Silence(1), .. Signals.Sine(1, 400, 0.6), .. Signals.Silence(0.51)]);
        _call.Add(Right, 0, [.. Signals.Sine(0.5, 400, 1), .. Signals.Sine(2, 400, 0.001)]);

        var (_, mix) = await _call.MixAsync();

        var waveform = mix.Levels.Waveform;
        Assert.Equal(20, waveform.PerSecond);
        Assert.Equal([.. Enumerable.Repeat(0, 20), .. Enumerable.Repeat(76, 20), .. Enumerable.Repeat(0, 11)], waveform.Left.Select(peak => (int)peak));
        Assert.Equal([.. Enumerable.Repeat(127, 10), .. Enumerable.Repeat(0, 41)], waveform.Right.Select(peak => (int)peak));
    }

    [Fact]
    public void Mix_HoursOfSound_TakesAFewBlocksOfMemory()
    {
        const double Hours = 2;
        foreach (var side in new[] { Left, Right })
            AddLong(side, TimeSpan.FromHours(Hours));
        var timeline = RecordingTimeline.Of(_call.Tracks, _call.Pauses);
        var started = Stopwatch.GetTimestamp();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var mix = new RecordingMix(timeline);
        // Nothing in it waits: all of it is made on this thread.
        var writing = mix.WriteToAsync(Stream.Null, TestContext.Current.CancellationToken);

        Assert.True(writing.IsCompletedSuccessfully);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{Hours} hours: {Stopwatch.GetElapsedTime(started)}, {allocated} bytes");
        Assert.InRange(allocated, 0, 1_000_000);
        Assert.Equal(TimeSpan.FromHours(Hours), SampleClock.ToTime(timeline.Length));
        var waveform = mix.Levels.Waveform;
        Assert.InRange(waveform.Left.Length, 19_000, 20_000);
        Assert.Equal(76, waveform.Right[(int)((TimeSpan.FromHours(Hours) - TimeSpan.FromSeconds(0.7)).TotalSeconds * waveform.PerSecond)]);
    }

    // Silence, which takes no place on the disk, and a second of a tone at the end.
    private void AddLong(RecordingSide side, TimeSpan length)
    {
        using var file = File.Create(_call.AddFile(side, 0));
        WaveFile.WriteHead(file, channels: 1, Signals.Rate);
        var tone = System.Runtime.InteropServices.MemoryMarshal.AsBytes(Signals.Sine(1, 400, 0.6).AsSpan());
        file.SetLength(file.Position + (long)length.TotalSeconds * Signals.Rate * sizeof(short));
        file.Position = file.Length - tone.Length;
        file.Write(tone);
        WaveFile.Repair(file);
    }
}
