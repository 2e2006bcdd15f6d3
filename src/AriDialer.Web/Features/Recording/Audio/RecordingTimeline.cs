namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>Where each track stands in the recording, and what must be silent: in samples since the earliest track's begin.</summary>
internal sealed class RecordingTimeline
{
    // Less than this is Asterisk's own steps, and how long its events take.
    private static readonly TimeSpan LeastLost = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan MuchLost = TimeSpan.FromSeconds(1);

    private RecordingTimeline(IReadOnlyList<Track> tracks, IReadOnlyList<Pause> pauses, bool isPartial)
    {
        Tracks = tracks;
        Pauses = pauses;
        IsPartial = isPartial;
        Length = tracks.Select(track => track.End).DefaultIfEmpty(0).Max();
    }

    /// <summary>Those in which there is something, in the order of their begin.</summary>
    public IReadOnlyList<Track> Tracks { get; }

    public IReadOnlyList<Pause> Pauses { get; }

    public long Length { get; }

    /// <summary>Not all that was recorded is here.</summary>
    public bool IsPartial { get; }

    public static RecordingTimeline Of(IReadOnlyList<RecordedTrack> tracks, IReadOnlyList<RecordingPause> pauses)
    {
        // Also of those that cannot be read: the recording's time is the call's, whatever is missing.
        var begin = tracks.Select(track => track.StartedAt).DefaultIfEmpty().Min();
        List<Track> readable = [];
        var isPartial = false;
        foreach (var track in tracks.OrderBy(track => track.StartedAt))
        {
            using var file = TrackFile.TryOpen(track.Path);
            isPartial |= file is not { IsWhole: true };
            if (file is { Length: > 0 })
                readable.Add(new Track(track.Path, track.Side, SampleClock.ToSamples(track.StartedAt - begin), file.Length, LostOf(track, file.Length)));
        }

        isPartial |= readable.Exists(track => track.Lost >= SampleClock.ToSamples(MuchLost));
        return new RecordingTimeline(
            readable,
            [.. pauses.Select(pause => new Pause(SampleClock.ToSamples(pause.From - begin), SampleClock.ToSamples(pause.To - begin)))],
            isPartial);
    }

    // Of packets that were lost on the line nothing stands in the file: what follows them would come too early.
    private static long LostOf(RecordedTrack track, long length) =>
        track.EndedAt - track.StartedAt is { } lasted && SampleClock.ToSamples(lasted) - length is var lost && lost >= SampleClock.ToSamples(LeastLost) ? lost : 0;

    /// <summary>A track in its place.</summary>
    /// <param name="Path">Its file.</param>
    /// <param name="Side">Who is heard in it.</param>
    /// <param name="Begin">Where it begins.</param>
    /// <param name="Written">How many samples the file has.</param>
    /// <param name="Lost">How many it should have besides.</param>
    public sealed record Track(string Path, RecordingSide Side, long Begin, long Written, long Lost)
    {
        public long End => Begin + Written + Lost;
    }

    /// <summary>Silence in its place.</summary>
    public readonly record struct Pause(long Begin, long End);
}
