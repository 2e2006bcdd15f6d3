using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Transcription.Live;

/// <summary>What was heard of a call while it went on, in seconds of its recording, and what is still to be listened to.</summary>
/// <param name="Engine">Who heard it.</param>
/// <param name="Language">The language in which it listened.</param>
/// <param name="Said">What was understood.</param>
/// <param name="Gaps">What nobody has heard: it is in the recording.</param>
internal sealed record LiveHarvest(
    string Engine,
    string Language,
    IReadOnlyList<(RecordingSide Side, TranscribedSegment Segment)> Said,
    IReadOnlyList<RecordingStretch> Gaps)
{
    // Shorter than a word. A voice's first moments pass while its line is being opened.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);

    /// <param name="engine">Who heard it.</param>
    /// <param name="language">The language in which it listened.</param>
    /// <param name="lines">What was heard.</param>
    /// <param name="tracks">What was recorded, and of it what was heard.</param>
    /// <param name="recordingStart">When the recording begins, by Asterisk's clock.</param>
    /// <param name="recordingLength">How long it is, in seconds.</param>
    public static LiveHarvest Of(
        string engine,
        string language,
        IEnumerable<LiveLine> lines,
        IEnumerable<(RecordingSide Side, DateTimeOffset From, DateTimeOffset To, Stretches Heard)> tracks,
        DateTimeOffset recordingStart,
        double recordingLength)
    {
        var said = lines.Where(line => line.Kind == LiveLineKind.Final)
            .Select(line => (line.Side, Segment: Place(line.Segment, (line.From - recordingStart).TotalSeconds - line.Segment.From, recordingLength)))
            .OrderBy(one => one.Segment.From).ThenBy(one => one.Side).ToList();
        var gaps = tracks
            .SelectMany(track => track.Heard.MissingOf(track.From, track.To)
                .Where(gap => gap.To - gap.From >= Shortest)
                .Select(gap => new RecordingStretch(track.Side, Seconds(gap.From), Seconds(gap.To))))
            .Where(gap => gap.To > gap.From)
            .OrderBy(gap => gap.From).ThenBy(gap => gap.Side).ToList();
        return new LiveHarvest(engine, language, said, gaps);

        double Seconds(DateTimeOffset moment) => Math.Round(Math.Clamp((moment - recordingStart).TotalSeconds, 0, recordingLength), 2);
    }

    /// <summary>It together with what was understood of the gaps. A word at a gap's edge is heard from both sides: it belongs to where its middle is.</summary>
    public IReadOnlyList<(RecordingSide Side, TranscribedSegment Segment)> With(IReadOnlyList<(RecordingSide Side, TranscribedSegment Segment)> ofGaps) =>
        [.. Said.Concat(ofGaps.Where(one => Gaps.Any(gap => gap.Side == one.Side && gap.Holds(one.Segment))))
            .OrderBy(one => one.Segment.From).ThenBy(one => one.Side)];

    private static TranscribedSegment Place(TranscribedSegment segment, double by, double length) => segment with
    {
        From = At(segment.From, by, length),
        To = At(segment.To, by, length),
        Words = [.. segment.Words.Select(word => word with { From = At(word.From, by, length), To = At(word.To, by, length) })],
    };

    private static double At(double seconds, double by, double length) => Math.Round(Math.Clamp(seconds + by, 0, length), 2);
}
