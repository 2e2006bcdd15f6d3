using System.Text.RegularExpressions;

namespace AriDialer.Testing.Speech;

/// <summary>How many words of a text were understood wrongly: the usual measure, words wrong, missing and too many over words said.</summary>
/// <param name="Wrong">As another word.</param>
/// <param name="Missing">Not at all.</param>
/// <param name="Added">Though nobody said them.</param>
/// <param name="Words">Words that were said.</param>
public sealed partial record WordErrors(int Wrong, int Missing, int Added, int Words)
{
    public static readonly WordErrors None = new(0, 0, 0, 0);

    private static readonly string[] Digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    public int All => Wrong + Missing + Added;

    /// <summary>The word error rate; 0 where nothing was said and nothing understood.</summary>
    public double Rate => Words > 0 ? (double)All / Words : All > 0 ? 1 : 0;

    public static WordErrors operator +(WordErrors a, WordErrors b) => new(a.Wrong + b.Wrong, a.Missing + b.Missing, a.Added + b.Added, a.Words + b.Words);

    /// <summary>Compares the words of two texts, whatever their letters' size and punctuation.</summary>
    public static WordErrors Of(string said, string understood) => Of(WordsOf(said), WordsOf(understood));

    /// <summary>The fewest errors that explain the difference.</summary>
    public static WordErrors Of(IReadOnlyList<string> said, IReadOnlyList<string> understood)
    {
        // For each number of words understood: the best way to have come there with the words said so far.
        WordErrors[] row = [.. Enumerable.Range(0, understood.Count + 1).Select(added => new WordErrors(0, 0, added, said.Count))];
        foreach (var word in said)
        {
            var last = row;
            row = new WordErrors[last.Length];
            row[0] = last[0] with { Missing = last[0].Missing + 1 };
            for (var i = 0; i < understood.Count; i++)
            {
                var met = last[i] with { Wrong = last[i].Wrong + (word == understood[i] ? 0 : 1) };
                var missed = last[i + 1] with { Missing = last[i + 1].Missing + 1 };
                var added = row[i] with { Added = row[i].Added + 1 };
                row[i + 1] = met.All <= missed.All && met.All <= added.All ? met : missed.All <= added.All ? missed : added;
            }
        }

        return row[^1];
    }

    /// <summary>A text's words in small letters, digits spelled out one by one.</summary>
    public static string[] WordsOf(string text) =>
        [.. Word().Matches(text.ToLowerInvariant()).Select(word => char.IsDigit(word.Value[0]) ? Digits[word.Value[0] - '0'] : word.Value)];

    public override string ToString() => $"{Rate:P1} ({All} of {Words} words: {Wrong} wrong, {Missing} missing, {Added} added)";

    [GeneratedRegex(@"[a-z]+(?:'[a-z]+)?|\d")]
    private static partial Regex Word();
}
