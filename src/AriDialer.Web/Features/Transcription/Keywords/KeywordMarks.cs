using System.Collections.Frozen;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>Which words of a transcript are flagged, and as what: found again from what was flagged in it, whatever is watched for now.</summary>
internal sealed class KeywordMarks
{
    private readonly FrozenDictionary<(long Segment, int Word), KeywordTone> _marks;

    public KeywordMarks(TranscriptEntry transcript)
    {
        var marks = new Dictionary<(long, int), KeywordTone>();
        foreach (var side in transcript.Hits.Count > 0 ? transcript.Segments.GroupBy(segment => segment.Side) : [])
            Mark(marks, side.Key, transcript.Hits.Where(hit => hit.Side == side.Key), [.. KeywordBook.InOrder(side)]);
        _marks = marks.ToFrozenDictionary();
    }

    /// <summary>Null where a word is not flagged. Words are counted within their segment, from 0.</summary>
    public KeywordTone? Of(TranscriptSegmentEntry segment, int word) => _marks.TryGetValue((segment.Id, word), out var tone) ? tone : null;

    private static void Mark(
        Dictionary<(long, int), KeywordTone> marks, RecordingSide side, IEnumerable<KeywordHitEntry> hits, List<TranscriptSegmentEntry> segments)
    {
        var trie = new KeywordTrie();
        foreach (var (phrase, tone) in hits.Select(hit => (hit.Phrase, hit.Tone)).Distinct())
            trie.TryAdd(new Keyword(phrase, tone, null, null));

        var scan = new KeywordScan(trie, side);
        foreach (var hit in segments.SelectMany(scan.Next).ToList())
        {
            for (var at = hit.First; at != Behind(hit.Last); at = Next(at))
            {
                var key = (segments[at.Segment].Id, at.Word);
                marks[key] = marks.TryGetValue(key, out var known) && known > hit.Keyword.Tone ? known : hit.Keyword.Tone;
            }
        }

        WordPlace Next(WordPlace at) => at.Word + 1 < SaidWord.Of(segments[at.Segment]).Length ? at with { Word = at.Word + 1 } : new WordPlace(at.Segment + 1, 0);

        WordPlace Behind(WordPlace last) => Next(last);
    }
}
