using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Transcription;

/// <summary>
/// Leaves out what should not be kept in writing: numbers of four digits and more, such as those of cards, and e-mail addresses, both as
/// they are written and as they are spoken. Rather a harmless year too many than a card's number.
/// </summary>
internal static class Redaction
{
    public const string Mark = "[…]";

    /// <summary>From how many digits on a number is left out.</summary>
    public const int LongNumber = 4;

    public static IReadOnlyList<(RecordingSide Side, TranscribedSegment Segment)> Of(
        IReadOnlyList<(RecordingSide Side, TranscribedSegment Segment)> said)
    {
        List<(RecordingSide, TranscribedSegment)> redacted = [];
        foreach (var side in said.GroupBy(one => one.Side))
        {
            // Whoever reads out a card's number pauses between its groups: a number goes on in the side's next segment.
            var segments = side.Select(one => one.Segment).OrderBy(segment => segment.From).ToList();
            var texts = segments.ConvertAll(segment => segment.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            var textMarks = MarksOf([.. texts.SelectMany(words => words)]);
            var wordMarks = MarksOf([.. segments.SelectMany(segment => segment.Words.Select(word => word.Text.Trim()))]);
            var (textAt, wordAt) = (0, 0);
            foreach (var (segment, text) in segments.Zip(texts))
            {
                redacted.Add((side.Key, segment with
                {
                    Text = string.Join(' ', Join(text, textMarks.AsSpan(textAt, text.Length), (_, _) => Mark)),
                    Words = Join(segment.Words, wordMarks.AsSpan(wordAt, segment.Words.Count), MarkOf),
                }));
                (textAt, wordAt) = (textAt + text.Length, wordAt + segment.Words.Count);
            }
        }

        return redacted;
    }

    private static TranscribedWord MarkOf(TranscribedWord first, TranscribedWord last) => new(Mark, first.From, last.To, null);

    /// <summary>The words with one mark in place of each run that is to be left out.</summary>
    private static List<T> Join<T>(IReadOnlyList<T> words, ReadOnlySpan<bool> marks, Func<T, T, T> mark)
    {
        List<T> joined = [];
        for (var i = 0; i < words.Count; i++)
        {
            if (!marks[i])
            {
                joined.Add(words[i]);
                continue;
            }

            var first = i;
            while (i + 1 < words.Count && marks[i + 1])
            {
                i++;
            }

            joined.Add(mark(words[first], words[i]));
        }

        return joined;
    }

    private static bool[] MarksOf(string[] words)
    {
        var marks = new bool[words.Length];
        MarkNumbers(words, marks);
        MarkAddresses(words, marks);
        return marks;
    }

    private static void MarkNumbers(string[] words, bool[] marks)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var (first, last, digits) = (i, i, 0);
            for (; i < words.Length && (SpokenNumbers.DigitsOf(words[i]) > 0 || (digits > 0 && SpokenNumbers.IsPunctuation(words[i]))); i++)
            {
                if (SpokenNumbers.DigitsOf(words[i]) is > 0 and var more)
                    (last, digits) = (i, digits + more);
            }

            if (digits >= LongNumber)
                Array.Fill(marks, true, first, last - first + 1);
        }
    }

    private static void MarkAddresses(string[] words, bool[] marks)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].IndexOf('@', StringComparison.Ordinal) > 0)
                marks[i] = true;

            // "jane dot doe at example dot com"
            if (i == 0 || i + 3 >= words.Length || !Is(words[i], "at") || !Is(words[i + 2], "dot"))
                continue;

            var (first, last) = (i - 1, i + 3);
            while (first >= 2 && IsJoint(words[first - 1]))
            {
                first -= 2;
            }

            while (last + 2 < words.Length && Is(words[last + 1], "dot"))
            {
                last += 2;
            }

            Array.Fill(marks, true, first, last - first + 1);
        }
    }

    private static bool IsJoint(string word) => Is(word, "dot") || Is(word, "dash") || Is(word, "underscore") || Is(word, "hyphen");

    private static bool Is(string word, string other) => string.Equals(word, other, StringComparison.OrdinalIgnoreCase);
}
