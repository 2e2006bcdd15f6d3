using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Recording.Talk;

/// <summary>Counts how two sides talked, from what was heard in each fiftieth of a second.</summary>
internal static class TalkCount
{
    // The gaps within words and between them belong to who speaks; a click is no voice.
    private const int WordGap = VoiceMeter.FramesPerSecond / 5;
    private const int ShortestVoice = VoiceMeter.FramesPerSecond / 10;

    // Who takes breath is still speaking.
    private const int Breath = VoiceMeter.FramesPerSecond * 7 / 10;

    public static TalkFigures Of(ReadOnlySpan<Heard> heard)
    {
        var (counted, left, right, both) = (0, 0, 0, 0);
        var silence = default(Span);
        var turns = new TurnCount();
        for (var at = 0; at < heard.Length;)
        {
            // Each stretch between two pauses by itself: nobody goes on over what is left out.
            var end = at;
            while (end < heard.Length && heard[end] != Heard.Paused)
                end++;

            var (ours, theirs) = (VoicesOf(heard, Heard.Left, at, end), VoicesOf(heard, Heard.Right, at, end));
            var (leftSum, rightSum, overlap) = (Sum(ours), Sum(theirs), Overlap(ours, theirs));
            (counted, left, right, both) = (counted + end - at, left + leftSum - overlap, right + rightSum - overlap, both + overlap);
            silence = Longest(silence, LongestGap([.. ours, .. theirs], at, end));
            turns.Add(Join(ours, Breath), Join(theirs, Breath));
            at = end;
            while (at < heard.Length && heard[at] == Heard.Paused)
                at++;
        }

        return new TalkFigures(
            Seconds(counted), Seconds(left), Seconds(right), Seconds(both), Seconds(counted - left - right - both),
            silence.ToStretch(), turns.Of(RecordingSide.Left), turns.Of(RecordingSide.Right));
    }

    private static double Seconds(int frames) => (double)frames / VoiceMeter.FramesPerSecond;

    private static List<Span> VoicesOf(ReadOnlySpan<Heard> heard, Heard side, int from, int to)
    {
        List<Span> voices = [];
        for (var i = from; i < to; i++)
        {
            if (!heard[i].HasFlag(side))
                continue;
            if (voices.Count > 0 && voices[^1].End == i)
                voices[^1] = voices[^1] with { End = i + 1 };
            else
                voices.Add(new Span(i, i + 1));
        }

        voices = Join(voices, WordGap);
        voices.RemoveAll(voice => voice.Length < ShortestVoice);
        return voices;
    }

    private static List<Span> Join(List<Span> spans, int gap)
    {
        List<Span> joined = [];
        foreach (var span in spans)
        {
            if (joined.Count > 0 && span.Begin - joined[^1].End < gap)
                joined[^1] = joined[^1] with { End = span.End };
            else
                joined.Add(span);
        }

        return joined;
    }

    private static int Sum(List<Span> spans) => spans.Sum(span => span.Length);

    private static int Overlap(List<Span> ours, List<Span> theirs)
    {
        var (sum, i, j) = (0, 0, 0);
        while (i < ours.Count && j < theirs.Count)
        {
            sum += Math.Max(0, Math.Min(ours[i].End, theirs[j].End) - Math.Max(ours[i].Begin, theirs[j].Begin));
            if (ours[i].End < theirs[j].End)
                i++;
            else
                j++;
        }

        return sum;
    }

    private static Span LongestGap(List<Span> voices, int from, int to)
    {
        var (longest, end) = (default(Span), from);
        foreach (var voice in voices.OrderBy(voice => voice.Begin))
        {
            longest = Longest(longest, new Span(end, Math.Max(end, voice.Begin)));
            end = Math.Max(end, voice.End);
        }

        return Longest(longest, new Span(end, to));
    }

    private static Span Longest(Span one, Span other) => other.Length > one.Length ? other : one;

    /// <summary>From one frame to before another.</summary>
    internal readonly record struct Span(int Begin, int End)
    {
        public int Length => End - Begin;

        public TalkStretch ToStretch() => new(Seconds(Begin), Seconds(Length));
    }
}
