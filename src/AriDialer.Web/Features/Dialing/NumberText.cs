using System.Globalization;
using System.Text;

namespace AriDialer.Web.Features.Dialing;

/// <summary>What people type and paste, cleaned of what carries no meaning; everything that has no business in a number is found out.</summary>
internal static class NumberText
{
    /// <summary>Longer is no telephone number, however it is written.</summary>
    public const int LongestText = 60;

    /// <summary>The text with plain ASCII digits, without the invisible marks that come along when one copies from a page.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var letter in text.Trim())
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.Format)
                continue;

            var digit = CharUnicodeInfo.GetDecimalDigitValue(letter);
            clean.Append(digit >= 0 ? (char)('0' + digit) : letter switch
            {
                '＋' => '+',
                '\u00a0' or '\u2007' or '\u2009' or '\u202f' or '\u3000' or '\t' => ' ',
                '‐' or '‑' or '‒' or '–' or '—' or '―' or '−' or '－' => '-',
                '（' => '(',
                '）' => ')',
                _ => letter,
            });
        }

        var cleaned = clean.ToString().Trim();
        return cleaned.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? FromUri(cleaned[4..]) : cleaned;
    }

    /// <summary>True where only signs stand that people write numbers with.</summary>
    public static bool IsWrittenAsNumber(string text) =>
        text.Any(char.IsAsciiDigit) && HasPlusInFrontOnly(text) && text.All(letter => char.IsAsciiDigit(letter) || letter is '+' or ' ' or '-' or '.' or '(' or ')' or '/');

    /// <summary>True for digits followed by a word to be dialled on a keypad, such as 1-800-FLOWERS.</summary>
    public static bool IsVanity(string text) =>
        text.Length > 0 && HasPlusInFrontOnly(text) && (char.IsAsciiDigit(text[0]) || text[0] is '+' or '(')
        && text.Count(char.IsAsciiLetter) >= 3 && text.Count(char.IsAsciiDigit) >= 3
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or ' ' or '-' or '.' or '(' or ')');

    private static bool HasPlusInFrontOnly(string text) => text.LastIndexOf('+') <= (text.StartsWith('(') ? 1 : 0);

    // Parameters of a tel: URI say nothing about where to call, but for the extension, which is refused as text.
    private static string FromUri(string uri)
    {
        var number = Uri.UnescapeDataString(uri);
        var end = number.IndexOf(';', StringComparison.Ordinal);
        return end < 0 || number.Contains(";ext=", StringComparison.OrdinalIgnoreCase) ? number : number[..end];
    }
}
