using static AriDialer.Web.Features.Recording.Audio.RecordingSide;

namespace AriDialer.Web.Tests.Recording.Audio;

/// <summary>Tracks as a killed Asterisk, a full disk or a lost file leave them.</summary>
public sealed class BrokenTrackTests : IDisposable
{
    private const int HeadLength = 44;

    private readonly TrackFolder _call = new();
    private readonly short[] _agent = Signals.Chirp(2, 300, 3_000);

    public BrokenTrackTests() => _call.Add(Left, 0.5, _agent);

    public void Dispose() => _call.Dispose();

    [Fact]
    public async Task AHeadWithoutLengths_IsHeardToItsEnd()
    {
        var path = _call.Add(Right, 0.5, _agent);
        Overwrite(path, at: 4, 0, 0, 0, 0);
        Overwrite(path, at: HeadLength - 4, 0, 0, 0, 0);

        var (sound, mix) = await _call.MixAsync();

        Assert.Equal(_agent, sound.Right);
        // Whoever did not close it may not have written all of it.
        Assert.True(mix.IsPartial);
        Assert.Equal(_agent.Length * sizeof(short) + HeadLength, new FileInfo(path).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16_001)]
    public async Task AFileThatWasCutOff_IsHeardAsFarAsItGoes(int lost)
    {
        var path = _call.Add(Right, 0.5, _agent);
        using (var file = File.OpenWrite(path))
            file.SetLength(file.Length - lost);

        var (sound, mix) = await _call.MixAsync();

        var left = _agent.Length - (lost + 1) / sizeof(short);
        Assert.Equal(_agent[..left], sound.Right[..left]);
        Assert.All(sound.Right[left..], sample => Assert.Equal(0, sample));
        Assert.True(mix.IsPartial);
    }

    [Fact]
    public async Task AnOddByteAtTheEnd_IsNothing()
    {
        var path = _call.Add(Right, 0.5, _agent);
        await using (var file = new FileStream(path, FileMode.Append))
            file.WriteByte(7);

        var (sound, mix) = await _call.MixAsync();

        Assert.Equal(_agent, sound.Right);
        Assert.False(mix.IsPartial);
    }

    [Fact]
    public async Task AFileThatIsAbsent_LeavesItsTimeSilent()
    {
        _call.AddFile(Right, 0);

        var joined = await _call.JoinAsync();

        Assert.True(joined.IsPartial);
        Assert.Equal(TimeSpan.FromSeconds(2.5), joined.Duration);
        var (late, _) = Signals.Find(_agent, (await StereoSound.DecodeAsync(joined.Path)).Left, 0.5);
        Assert.InRange(late.TotalMilliseconds, -5, 5);
    }

    [Theory]
    [MemberData(nameof(NoSounds))]
    public async Task WhatIsNoSound_IsPassedOver(string what, byte[] content)
    {
        await File.WriteAllBytesAsync(_call.AddFile(Right, 0.5), content, TestContext.Current.CancellationToken);

        var joined = await _call.JoinAsync(program: "no-ffmpeg");

        Assert.True(joined.IsPartial, what);
        Assert.Equal(TimeSpan.FromSeconds(2), joined.Duration);
        Assert.All(joined.Waveform.Right, peak => Assert.Equal(0, peak));
    }

    public static TheoryData<string, byte[]> NoSounds => new()
    {
        { "empty", [] },
        { "garbage", [.. Enumerable.Range(0, 50_000).Select(i => (byte)(i * 7))] },
        { "half a head", [.. "RIFF"u8, 0, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0] },
        { "a head alone", [.. Head(channels: 1, bits: 16)] },
        { "stereo", [.. Head(channels: 2, bits: 16), .. new byte[1_000]] },
        { "8 bits", [.. Head(channels: 1, bits: 8), .. new byte[1_000]] },
        { "a chunk of 4 GB", [.. "RIFF"u8, 0, 0, 0, 0, .. "WAVELIST"u8, 255, 255, 255, 255, .. new byte[100]] },
    };

    [Fact]
    public async Task NoTrackWithSound_MakesNoRecording()
    {
        _call.Tracks.Clear();
        _call.AddFile(Left, 0);

        Assert.Null(await _call.TryJoinAsync());
        _call.Tracks.Clear();
        Assert.Null(await _call.TryJoinAsync());
        Assert.Empty(Directory.GetFiles(_call.Target));
    }

    private static byte[] Head(byte channels, byte bits) =>
    [
        .. "RIFF"u8, 0, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, channels, 0, 0x80, 0x3E, 0, 0, 0, 0x7D, 0, 0, 2, 0, bits, 0,
        .. "data"u8, 0, 0, 0, 0,
    ];

    private static void Overwrite(string path, long at, params byte[] bytes)
    {
        using var file = File.OpenWrite(path);
        file.Position = at;
        file.Write(bytes);
    }
}
