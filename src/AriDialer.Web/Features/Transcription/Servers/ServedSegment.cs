using AriDialer.Web.Features.Transcription.Engines;
using OpenAI.Audio;

namespace AriDialer.Web.Features.Transcription.Servers;

/// <summary>What a server answered, as a segment. It may say anything: what it makes of times lies within what was sent.</summary>
internal static class ServedSegment
{
    /// <summary>Null where it understood nothing.</summary>
    public static TranscribedSegment? Of(Utterance utterance, AudioTranscription heard)
    {
        if (Words(heard.Text) is not { Length: > 0 } text)
            return null;

        var begin = (double)utterance.Begin / SpeechCutter.Rate;
        var seconds = (double)utterance.Samples.Length / SpeechCutter.Rate;
        List<TranscribedWord> words = [];
        foreach (var word in heard.Words ?? [])
        {
            if (Words(word.Word) is not { Length: > 0 } spoken)
                continue;
            var from = At(word.StartTime, words.Count > 0 ? words[^1].From - begin : 0);
            words.Add(new TranscribedWord(spoken, Place(from), Place(At(word.EndTime, from)), null));
        }

        return words.Count > 0
            ? new TranscribedSegment(words[0].From, words[^1].To, text, ConfidenceOf(heard), words)
            : new TranscribedSegment(Place(0), Place(seconds), text, ConfidenceOf(heard), []);

        double At(TimeSpan time, double atLeast) => Math.Clamp(time.TotalSeconds, Math.Min(atLeast, seconds), seconds);

        double Place(double time) => Math.Round(begin + time, 2);
    }

    /// <summary>Of words without times; null where there are none.</summary>
    /// <param name="begin">Where the sound begins, in samples.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="text">What a server made of it.</param>
    public static TranscribedSegment? Plain(long begin, long length, string? text) => Words(text) is { Length: > 0 } words
        ? new TranscribedSegment(Seconds(begin), Seconds(begin + length), words, null, [])
        : null;

    private static double Seconds(long samples) => Math.Round((double)samples / SpeechCutter.Rate, 2);

    private static string Words(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // How likely its pieces are, on average; a server that does not say gives none, or zeros.
    private static double? ConfidenceOf(AudioTranscription heard)
    {
        var segments = (heard.Segments ?? []).Where(segment => segment.AverageLogProbability is < 0 and > -100).ToList();
        return segments.Count > 0 ? Math.Round(Math.Exp(segments.Average(segment => segment.AverageLogProbability)), 3) : null;
    }
}
