using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Transcription;

/// <summary>What an engine gave, as the database keeps it. An engine may say anything: times that are none, and letters that nobody can see.</summary>
internal static class TranscriptRows
{
    public static IEnumerable<TranscriptSegmentEntry> Of(string recordingId, IEnumerable<(RecordingSide Side, TranscribedSegment Segment)> said)
    {
        foreach (var (side, segment) in said)
        {
            if (Clean(segment.Text) is not { Length: > 0 } text)
                continue;

            var (from, to) = Stretch(segment.From, segment.To);
            yield return new TranscriptSegmentEntry
            {
                RecordingId = recordingId,
                Side = side,
                From = from,
                To = to,
                Text = text,
                Confidence = Share(segment.Confidence),
                Words = [.. segment.Words.Select(Of).Where(word => word.Text.Length > 0)],
            };
        }
    }

    private static TranscriptWord Of(TranscribedWord word)
    {
        var (from, to) = Stretch(word.From, word.To);
        return new TranscriptWord { Text = Clean(word.Text), From = from, To = to, Confidence = Share(word.Confidence) };
    }

    // The search marks its hits with control characters, which must not be in the text itself.
    private static string Clean(string text) =>
        string.Join(' ', new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static (double From, double To) Stretch(double from, double to)
    {
        var begin = Second(from);
        return (begin, Math.Max(begin, Second(to)));
    }

    private static double Second(double value) => double.IsFinite(value) ? Math.Round(Math.Max(0, value), 3) : 0;

    private static double? Share(double? value) => value is { } known && double.IsFinite(known) ? Math.Round(Math.Clamp(known, 0, 1), 3) : null;
}
