using System.Text.RegularExpressions;

namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>A word as people write it, of one as the dictionary has it.</summary>
internal static partial class SpokenWord
{
    /// <summary>Null for what is no word: &lt;sil&gt;, [NOISE], ++COUGH++.</summary>
    public static string? Of(string? entry) => entry is null or "" || entry[0] is '<' or '[' || entry.StartsWith("++", StringComparison.Ordinal)
        ? null
        : Pronunciation().Replace(entry, "");

    // "read(2)": said in the second of the ways that it is said.
    [GeneratedRegex(@"\(\d+\)$")]
    private static partial Regex Pronunciation();
}
