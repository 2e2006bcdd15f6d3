using AriDialer.Web.Features.Transcription.Engines;

namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>A segment of the words of an utterance.</summary>
internal static class SpokenSegment
{
    /// <param name="begin">The utterance's first sample.</param>
    /// <param name="words">At least one, with seconds from the utterance's begin.</param>
    public static TranscribedSegment Of(long begin, IReadOnlyList<TranscribedWord> words)
    {
        var seconds = (double)begin / SpeechCutter.Rate;
        TranscribedWord[] placed = [.. words.Select(word => word with { From = At(word.From), To = At(word.To) })];
        var confidence = placed.Average(word => word.Confidence);
        return new TranscribedSegment(
            placed[0].From, placed[^1].To, string.Join(' ', placed.Select(word => word.Text)), confidence is { } known ? Math.Round(known, 3) : null, placed);

        double At(double place) => Math.Round(seconds + place, 2);
    }
}
