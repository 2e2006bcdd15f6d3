using AriDialer.Web.Features.Recording.Talk;
using AriDialer.Web.Features.Sound;

namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>Makes one stereo recording of a call's tracks: Opus, or WAV where that cannot be made.</summary>
internal sealed partial class RecordingJoiner(Ffmpeg ffmpeg, ILogger<RecordingJoiner> log)
{
    private const string Name = "recording";
    private const string UnfinishedEnd = ".part";
    private const string OpusEnd = ".ogg";
    private const string WaveEnd = ".wav";

    /// <summary>Joins the tracks into a file in the folder. Either the whole of it is there afterwards, on the disk, or nothing.</summary>
    /// <param name="tracks">The tracks: their files are only read.</param>
    /// <param name="pauses">What must not be heard, whatever the tracks have there.</param>
    /// <param name="folder">Where it goes: a folder of this recording's own.</param>
    /// <param name="cancellationToken">Ends it, and leaves nothing behind.</param>
    /// <returns>Null where there is no sound in any of them.</returns>
    public async Task<JoinedRecording?> JoinAsync(
        IReadOnlyList<RecordedTrack> tracks, IReadOnlyList<RecordingPause> pauses, string folder, CancellationToken cancellationToken)
    {
        var timeline = RecordingTimeline.Of(tracks, pauses);
        if (timeline.Tracks.Count < tracks.Count)
            LogMissing(tracks.Count - timeline.Tracks.Count, tracks.Count, folder);
        if (timeline.Length == 0)
            return null;

        var unfinished = Path.Combine(folder, Name + UnfinishedEnd);
        try
        {
            return await TryCompressAsync(timeline, unfinished, cancellationToken) ?? await KeepAsync(timeline, unfinished, cancellationToken);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private async Task<JoinedRecording?> TryCompressAsync(RecordingTimeline timeline, string unfinished, CancellationToken cancellationToken)
    {
        if (!await ffmpeg.IsThereAsync().WaitAsync(cancellationToken))
            return null;

        // It is made here, for the owner's eyes only; ffmpeg only fills it.
        await using (Create(unfinished))
        {
        }

        var mix = new RecordingMix(timeline);
        return await ffmpeg.TryCompressAsync(mix.WriteToAsync, unfinished, SampleClock.ToTime(timeline.Length), cancellationToken)
            ? Finish(unfinished, OpusEnd, "audio/ogg", timeline, mix)
            : null;
    }

    private static async Task<JoinedRecording> KeepAsync(RecordingTimeline timeline, string unfinished, CancellationToken cancellationToken)
    {
        var mix = new RecordingMix(timeline);
        await using (var file = Create(unfinished))
        {
            WaveFile.WriteHead(file, channels: 2, SampleClock.Rate);
            await mix.WriteToAsync(file, cancellationToken);
            WaveFile.Repair(file);
            file.Flush(flushToDisk: true);
        }

        return Finish(unfinished, WaveEnd, "audio/wav", timeline, mix);
    }

    private static JoinedRecording Finish(string unfinished, string end, string contentType, RecordingTimeline timeline, RecordingMix mix)
    {
        var path = Path.ChangeExtension(unfinished, end);
        File.Move(unfinished, path, overwrite: true);
        // Of a call that was joined before.
        File.Delete(Path.ChangeExtension(unfinished, end == OpusEnd ? WaveEnd : OpusEnd));
        return new JoinedRecording(
            path, contentType, SampleClock.ToTime(timeline.Length), mix.IsPartial, mix.Levels.Waveform, TalkCount.Of(mix.Voices.Frames));
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Missing} of {Tracks} tracks of a recording have no sound in them ({Folder})")]
    private partial void LogMissing(int missing, int tracks, string folder);
}
