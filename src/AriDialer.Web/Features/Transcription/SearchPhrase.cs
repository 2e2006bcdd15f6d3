using System.Text;
using System.Text.RegularExpressions;

namespace AriDialer.Web.Features.Transcription;

/// <summary>
/// What somebody typed, as a question to the index. Each word is quoted, so that nothing of it is the index's own language by accident;
/// only a star at a word's end, and quotes around several words, mean what people expect.
/// </summary>
internal static partial class SearchPhrase
{
    public const int LongestText = 200;

    /// <summary>Null where there is no word in it.</summary>
    public static string? Of(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;

        var text = typed.Length > LongestText ? typed[..LongestText] : typed;
        var phrase = new StringBuilder();
        foreach (Match match in Terms().Matches(text))
        {
            var isQuoted = match.Groups["quoted"].Success;
            var term = isQuoted ? match.Groups["quoted"].Value : match.Groups["word"].Value;
            var isBeginning = isQuoted ? match.Groups["star"].Length > 0 : term.EndsWith('*');
            // A term without a letter would be an empty phrase, which finds nothing whatever stands beside it.
            if (term.EnumerateRunes().Any(Rune.IsLetterOrDigit))
                phrase.Append(phrase.Length > 0 ? " " : "").Append(Quoted(term.TrimEnd('*'))).Append(isBeginning ? "*" : "");
        }

        return phrase.Length > 0 ? phrase.ToString() : null;
    }

    // A NUL would end the question in the middle of the quotes.
    private static string Quoted(string term) =>
        $"\"{new string([.. term.Select(letter => char.IsControl(letter) ? ' ' : letter)]).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex("""
        "(?<quoted>[^"]+)"(?<star>\*?)|(?<word>\S+)
        """)]
    private static partial Regex Terms();
}
