using System.Runtime.InteropServices;
using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Sound;
using AriDialer.Web.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Tests.Recording.Audio;

/// <summary>A call's tracks, and the folder that their recording goes to.</summary>
internal sealed class TrackFolder : IDisposable
{
    private static readonly DateTimeOffset CallBegin = new(2025, 3, 4, 10, 20, 30, 400, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private int _files;

    public TrackFolder()
    {
        Target = Directory.CreateDirectory(Path.Combine(_folder.Path, "joined")).FullName;
    }

    public List<RecordedTrack> Tracks { get; } = [];

    public List<RecordingPause> Pauses { get; } = [];

    public string Target { get; }

    public string At(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Adds what was recorded from that second of the call on.</summary>
    /// <returns>The path of its file.</returns>
    public string Add(RecordingSide side, double at, short[] sound, int rate = Signals.Rate)
    {
        var path = AddFile(side, at);
        using var file = File.Create(path);
        WaveFile.WriteHead(file, channels: 1, rate);
        file.Write(MemoryMarshal.AsBytes(sound.AsSpan()));
        WaveFile.Repair(file);
        return path;
    }

    /// <summary>Adds a track whose file is not there yet.</summary>
    public string AddFile(RecordingSide side, double at)
    {
        var path = At($"{_files++}.wav");
        Tracks.Add(new RecordedTrack(path, side, CallBegin.AddSeconds(at)));
        return path;
    }

    /// <summary>The last track lasted longer than its file: packets were lost.</summary>
    public void EndLastAt(double at) => Tracks[^1] = Tracks[^1] with { EndedAt = CallBegin.AddSeconds(at) };

    public void Pause(double from, double to) => Pauses.Add(new RecordingPause(CallBegin.AddSeconds(from), CallBegin.AddSeconds(to)));

    /// <summary>Makes the recording, with another program in ffmpeg's place or another clock where these are given.</summary>
    public Task<JoinedRecording?> TryJoinAsync(string program = "ffmpeg", TimeProvider? time = null, CancellationToken? cancel = null) =>
        Joiner(program, time).JoinAsync(Tracks, Pauses, Target, cancel ?? TestContext.Current.CancellationToken);

    public async Task<JoinedRecording> JoinAsync(string program = "ffmpeg", TimeProvider? time = null)
    {
        var joined = await TryJoinAsync(program, time);
        Assert.NotNull(joined);
        Assert.Equal([joined.Path], Directory.GetFiles(Target));
        return joined;
    }

    public static RecordingJoiner Joiner(string program, TimeProvider? time = null) => new(
        new Ffmpeg(Options.Create(new RecordingAudioOptions { Ffmpeg = program }), time ?? TimeProvider.System, NullLogger<Ffmpeg>.Instance),
        NullLogger<RecordingJoiner>.Instance);

    /// <summary>The recording's samples, before they are compressed.</summary>
    public async Task<(StereoSound Sound, RecordingMix Mix)> MixAsync()
    {
        using var sound = new MemoryStream();
        var mix = new RecordingMix(RecordingTimeline.Of(Tracks, Pauses));
        await mix.WriteToAsync(sound, TestContext.Current.CancellationToken);
        return (StereoSound.Of(sound), mix);
    }

    public void Dispose() => _folder.Dispose();
}
