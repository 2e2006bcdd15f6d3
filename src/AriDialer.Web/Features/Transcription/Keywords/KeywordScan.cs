using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>
/// Reads what one side of a call says, segment after segment. A phrase may begin in one and end in the next one: an engine cuts where
/// somebody takes breath.
/// </summary>
internal sealed class KeywordScan(KeywordTrie trie, RecordingSide side)
{
    // Longer than that, and what follows is another sentence.
    private const double LongestPause = 3;

    private readonly List<KeywordTrie.Node> _followed = [];
    private List<State> _open = [];
    private List<State> _next = [];
    private int _segment = -1;
    private double _end = double.NegativeInfinity;
    private SaidWord[] _before = [];

    public IReadOnlyList<KeywordHit> Next(TranscribedSegment segment) => Next(segment.From, segment.To, SaidWord.Of(segment));

    public IReadOnlyList<KeywordHit> Next(TranscriptSegmentEntry segment) => Next(segment.From, segment.To, SaidWord.Of(segment));

    private IReadOnlyList<KeywordHit> Next(double from, double to, SaidWord[] words)
    {
        _segment++;
        // Only what began in the one before: over two, not over a whole conversation.
        if (from - _end > LongestPause)
            _open.Clear();
        else
            _open.RemoveAll(state => state.First.Segment < _segment - 1);

        List<KeywordHit>? hits = null;
        for (var i = 0; i < words.Length; i++)
        {
            foreach (var token in SpokenWords.Of(words[i].Text))
            {
                Read(token, new WordPlace(_segment, i), words, ref hits);
            }
        }

        (_end, _before) = (to, words);
        return hits ?? (IReadOnlyList<KeywordHit>)[];
    }

    private void Read(string token, WordPlace at, SaidWord[] words, ref List<KeywordHit>? hits)
    {
        _open.Add(new State(trie.Root, at));
        _next.Clear();
        foreach (var (node, first) in _open)
        {
            _followed.Clear();
            node.Follow(token, _followed);
            foreach (var reached in _followed)
            {
                foreach (var keyword in reached.Ends)
                {
                    if (keyword.Side is null || keyword.Side == side)
                        (hits ??= []).Add(HitOf(keyword, first, at, words));
                }

                if (!reached.IsLast)
                    _next.Add(new State(reached, first));
            }
        }

        (_open, _next) = (_next, _open);
    }

    private KeywordHit HitOf(Keyword keyword, WordPlace first, WordPlace last, SaidWord[] words)
    {
        SaidWord[] said = first.Segment == last.Segment
            ? words[first.Word..(last.Word + 1)]
            : [.. _before[first.Word..], .. words[..(last.Word + 1)]];
        return new KeywordHit(keyword, side, said[0].From, said[^1].To, string.Join(' ', said.Select(word => word.Text)), first, last);
    }

    private readonly record struct State(KeywordTrie.Node Node, WordPlace First);
}

/// <summary>A word as it was understood. Where the engine gives no times of words, it has those of its segment.</summary>
internal readonly record struct SaidWord(string Text, double From, double To)
{
    public static SaidWord[] Of(TranscribedSegment segment) => segment.Words.Count > 0
        ? [.. segment.Words.Select(word => new SaidWord(word.Text, word.From, word.To))]
        : Split(segment.Text, segment.From, segment.To);

    public static SaidWord[] Of(TranscriptSegmentEntry segment) => segment.Words.Count > 0
        ? [.. segment.Words.Select(word => new SaidWord(word.Text, word.From, word.To))]
        : Split(segment.Text, segment.From, segment.To);

    private static SaidWord[] Split(string text, double from, double to) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => new SaidWord(word, from, to))];
}
