namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>Where each track stands in the recording, and what must be silent: in samples since the earliest track's begin.</summary>
internal sealed class RecordingTimeline
{
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
                readable.Add(new Track(track.Path, track.Side, SampleClock.ToSamples(track.StartedAt - begin), file.Length));
        }

        return new RecordingTimeline(
            readable,
            [.. pauses.Select(pause => new Pause(SampleClock.ToSamples(pause.From - begin), SampleClock.ToSamples(pause.To - begin)))],
            isPartial);
    }

    /// <summary>A track in its place.</summary>
    public sealed record Track(string Path, RecordingSide Side, long Begin, long Length)
    {
        public long End => Begin + Length;
    }

    /// <summary>Silence in its place.</summary>
    public readonly record struct Pause(long Begin, long End);
}
