using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>Keywords in words for people.</summary>
internal static class KeywordWords
{
    public static string Of(KeywordTone tone) => tone switch
    {
        KeywordTone.Good => "Good",
        KeywordTone.Risk => "Risk",
        _ => "Watch",
    };

    public static string Of(RecordingSide? side) => side switch
    {
        RecordingSide.Left => "Our side",
        RecordingSide.Right => "The other side",
        _ => "Either side",
    };

    /// <summary>For the audit log.</summary>
    public static string Of(KeywordEntry keyword) =>
        $"“{keyword.Phrase}”, {Of(keyword.Tone).ToLowerInvariant()}, {Of(keyword.Side).ToLowerInvariant()}, {keyword.Team?.Name ?? "everybody"}";
}
