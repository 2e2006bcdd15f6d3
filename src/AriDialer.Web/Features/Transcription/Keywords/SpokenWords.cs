using System.Globalization;
using System.Text;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>
/// Text as words that compare: letters and digits only, without case and accents. A word with an apostrophe or a hyphen in it is two, as
/// the search of transcripts has it.
/// </summary>
internal static class SpokenWords
{
    public static IEnumerable<string> Of(string text) => Split(text, keepsStars: false);

    /// <summary>The same, but a star behind a word is left where it is.</summary>
    public static IEnumerable<string> OfPhrase(string phrase) => Split(phrase, keepsStars: true);

    private static IEnumerable<string> Split(string text, bool keepsStars)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(new Rune(Accents.Without(Rune.ToLowerInvariant(rune).Value)).ToString());
            }
            // An accent that is written as a letter of its own is left out.
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark && word.Length > 0)
            {
                yield return keepsStars && rune.Value == '*' ? word.Append('*').ToString() : word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
            yield return word.ToString();
    }
}
