using static AriDialer.Web.Features.Recording.Audio.RecordingSide;

namespace AriDialer.Web.Tests.Recording.Audio;

/// <summary>What is heard of a call afterwards: through real ffmpeg, there and back.</summary>
public sealed class RecordingJoinerTests : IDisposable
{
    private static readonly TimeSpan Close = TimeSpan.FromMilliseconds(5);

    private readonly TrackFolder _call = new();

    public void Dispose() => _call.Dispose();

    [Fact]
    public async Task Join_BothSides_EachIsOnItsSideAtItsTime()
    {
        var agent = Signals.Chirp(1, 300, 1_400);
        var other = Signals.Chirp(1, 3_000, 1_600);
        _call.Add(Left, 0, [.. Signals.Silence(0.5), .. agent, .. Signals.Silence(3)]);
        _call.Add(Right, 1.237, [.. other, .. Signals.Silence(1)]);

        var joined = await _call.JoinAsync();

        var sound = await StereoSound.DecodeAsync(joined.Path);
        AssertFound(agent, sound.Left, 0.5);
        AssertFound(other, sound.Right, 1.237);
        Assert.False(joined.IsPartial);
        Assert.Equal("audio/ogg", joined.ContentType);
        Assert.Equal(TimeSpan.FromSeconds(4.5), joined.Duration);
        Assert.Equal(joined.Duration, sound.Duration);
    }

    [Fact]
    public async Task Join_AFileForPlayers_IsStereoAndTellsItsLength()
    {
        _call.Add(Left, 0, Signals.Chirp(3, 300, 3_000));
        _call.Add(Right, 0, Signals.Noise(3, seed: 1));

        var joined = await _call.JoinAsync();

        var seen = (await StereoSound.ProbeAsync(joined.Path)).Split(',');
        Assert.Equal(["opus", "2", "stereo"], seen[..3]);
        Assert.InRange(double.Parse(seen[3]), 3, 3.02);
        Assert.InRange(new FileInfo(joined.Path).Length * 8 / 3.0, 10_000, 70_000);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(joined.Path));
    }

    [Fact]
    public async Task Join_OneSideTalks_NothingOfItIsOnTheOther()
    {
        var agent = Signals.Chirp(2, 200, 3_400);
        var other = Signals.Chirp(2, 3_100, 400);
        // The agent alone, the other alone, both at once.
        _call.Add(Left, 0, [.. agent, .. Signals.Silence(3), .. agent]);
        _call.Add(Right, 0, [.. Signals.Silence(2.5), .. other, .. Signals.Silence(0.5), .. other]);

        var sound = await StereoSound.DecodeAsync((await _call.JoinAsync()).Path);

        double[] leaks =
        [
            Signals.Level(sound.Right, 0, 2) - Signals.Level(sound.Left, 0, 2),
            Signals.Level(sound.Left, 2.5, 4.5) - Signals.Level(sound.Right, 2.5, 4.5),
            // Where both talk, what one side has of the other is the part that is like it. Chance alone makes some -50 dB.
            Signals.Share(agent, sound.Right, 5), Signals.Share(other, sound.Left, 5),
        ];
        TestContext.Current.TestOutputHelper?.WriteLine($"Leakage in dB: {string.Join(", ", leaks.Select(leak => $"{leak:F1}"))}");
        Assert.All(leaks[..2], leak => Assert.InRange(leak, -200, -60));
        Assert.All(leaks[2..], leak => Assert.InRange(leak, -200, -40));
    }

    [Fact]
    public async Task Join_APause_IsSilentOnBothSides()
    {
        _call.Add(Left, 0, Signals.Noise(6, seed: 2));
        _call.Add(Right, 0, Signals.Noise(2.04, seed: 3));
        _call.Add(Right, 3.97, Signals.Noise(2.03, seed: 4));
        _call.Pause(2, 4);

        var sound = await StereoSound.DecodeAsync((await _call.JoinAsync()).Path);

        // A codec rings for some hundredths of a second with what was before; what was said in the pause never reached it.
        Assert.All([sound.Left, sound.Right], side => Assert.True(Signals.Level(side, 2.08, 3.97) < -80));
        Assert.All([sound.Left, sound.Right], side => Assert.True(Signals.Level(side, 1, 1.99) > -20));
        Assert.All([sound.Left, sound.Right], side => Assert.True(Signals.Level(side, 4.03, 5.9) > -20));
    }

    [Fact]
    public async Task Join_ASecondTrackOfASide_IsHeardWithTheFirst()
    {
        var first = Signals.Chirp(1, 300, 900);
        var second = Signals.Chirp(1, 3_000, 1_500);
        _call.Add(Left, 0, Signals.Silence(4));
        _call.Add(Right, 0.5, [.. first, .. Signals.Silence(0.5), .. first]);
        _call.Add(Right, 2.1, [.. second, .. Signals.Silence(1.5)]);

        var joined = await _call.JoinAsync();

        var sound = await StereoSound.DecodeAsync(joined.Path);
        AssertFound(first, sound.Right, 0.5);
        AssertFound(first, sound.Right, 2, likeness: 0.5);
        AssertFound(second, sound.Right, 2.1, likeness: 0.5);
        Assert.True(Signals.Level(sound.Left, 0, 4) < -80);
        Assert.Equal(TimeSpan.FromSeconds(4.6), joined.Duration);
    }

    [Fact]
    public async Task Join_ATrackOf8Kilohertz_KeepsItsTimeAndPitch()
    {
        _call.Add(Left, 0, Signals.Silence(3));
        _call.Add(Right, 0.803, Signals.Chirp(2, 300, 3_300, rate: 8_000), rate: 8_000);

        var joined = await _call.JoinAsync();

        AssertFound(Signals.Chirp(2, 300, 3_300), (await StereoSound.DecodeAsync(joined.Path)).Right, 0.803);
        Assert.False(joined.IsPartial);
    }

    [Fact]
    public async Task Join_Again_ReplacesWhatWasThere()
    {
        _call.Add(Left, 0, Signals.Chirp(1, 300, 900));
        await _call.JoinAsync(program: "no-ffmpeg");
        _call.Add(Right, 0, Signals.Chirp(2, 300, 900));

        Assert.Equal(TimeSpan.FromSeconds(2), (await StereoSound.DecodeAsync((await _call.JoinAsync()).Path)).Duration);
    }

    private static void AssertFound(short[] sound, short[] inSound, double at, double likeness = 0.8)
    {
        var (late, like) = Signals.Find(sound, inSound, at);
        TestContext.Current.TestOutputHelper?.WriteLine($"{late.TotalMilliseconds:F2} ms late, likeness {like:F3}");
        Assert.InRange(late, -Close, Close);
        Assert.True(like > likeness, $"The sound at {at} s is like what it should be by {like:F2} only.");
    }
}
