using System.Collections.Frozen;

namespace AriDialer.Web.Features.Transcription;

/// <summary>How many digits a word stands for, written ("4111", "555-01") or spoken in English ("four", "twelve").</summary>
internal static class SpokenNumbers
{
    private static readonly FrozenDictionary<string, int> Digits = new[]
    {
        (1, "zero oh o nought one two three four five six seven eight nine niner"),
        (2, "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"),
        (2, "twenty thirty forty fifty sixty seventy eighty ninety hundred"),
        (3, "thousand"),
        // "double four": as many more than the word that follows.
        (1, "double"),
        (2, "triple treble"),
    }.SelectMany(row => row.Item2.Split(' ').Select(word => (Word: word, Digits: row.Item1)))
        .ToFrozenDictionary(row => row.Word, row => row.Digits, StringComparer.OrdinalIgnoreCase);

    /// <summary>0 for a word that is no number. A word with a number of four digits within it, such as "AB12345", is one as a whole.</summary>
    public static int DigitsOf(string word)
    {
        var parts = word.Split(['-', '.', ',', '(', ')', '/', '+', '#', ';', '!', '?', '"', '\'', '’'], StringSplitOptions.RemoveEmptyEntries);
        var total = 0;
        foreach (var part in parts)
        {
            if (part.All(char.IsDigit))
                total += part.Length;
            else if (Digits.TryGetValue(part, out var digits))
                total += digits;
            else
                return LongestRun(word) is >= Redaction.LongNumber and var run ? run : 0;
        }

        return total;
    }

    /// <summary>Neither a number nor a word, such as a dash: it does not part two numbers.</summary>
    public static bool IsPunctuation(string word) => !word.Any(char.IsLetterOrDigit);

    private static int LongestRun(string word)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in word)
        {
            run = char.IsDigit(letter) ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
