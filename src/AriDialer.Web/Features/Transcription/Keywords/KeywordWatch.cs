using AriDialer.Web.Data;
using AriDialer.Web.Features.Live;
using AriDialer.Web.Features.Recording.Audio;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>Finds what is watched for in what is said: in live calls as in transcripts. From memory, and from any thread.</summary>
internal sealed class KeywordWatch(IDbContextFactory<AppDbContext> databases, LiveBoard board, IOptions<TranscriptOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LiveScans> _calls = [];
    private volatile KeywordBook _book = KeywordBook.Empty;

    /// <summary>What is watched for at this moment.</summary>
    public KeywordBook Book => _book;

    /// <summary>Reads anew what is watched for, and who is in which team.</summary>
    public async Task<KeywordBook> ReloadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return _book = await KeywordBook.ReadAsync(database, _book, cancellationToken);
    }

    /// <summary>Finds what is watched for in a final segment of a live or finished call; quick, from memory, thread-safe.</summary>
    /// <param name="userIds">The people of ours in the call: what their teams watch for counts.</param>
    /// <param name="teamId">The team that was called; null where none was.</param>
    /// <param name="side">Who said it.</param>
    /// <param name="segment">What was said. Where longer numbers are redacted, nothing is found in them.</param>
    public IReadOnlyList<KeywordHit> Find(IReadOnlyCollection<string> userIds, string? teamId, RecordingSide side, TranscribedSegment segment)
    {
        var book = _book;
        return [.. book.Scan(side).Next(Redacted(side, null, segment)).Where(hit => book.IsFor(hit.Keyword, userIds, teamId))];
    }

    /// <summary>A live call's segment was heard: remembers the hits of the call and tells the live page.</summary>
    public void Heard(string callId, RecordingSide side, TranscribedSegment segment)
    {
        if (board.Find(callId) is not { } call)
            return;

        var book = _book;
        List<KeywordHit> hits;
        lock (_gate)
        {
            var scan = ScanOf(callId, side, book);
            hits = [.. scan.Scan.Next(Redacted(side, scan.Last, segment))];
            scan.Last = segment;
        }

        var userIds = call.Legs.Select(call.UserAt).OfType<string>().ToHashSet();
        var teamId = call.Team?.TeamId;
        hits.RemoveAll(hit => !book.IsFor(hit.Keyword, userIds, teamId));
        if (hits.Count > 0)
            board.Flag(callId, hits.Select(hit => new CallFlag(hit.Keyword.Phrase, hit.Keyword.Tone, hit.Side)));
    }

    private SideScan ScanOf(string callId, RecordingSide side, KeywordBook book)
    {
        if (!_calls.TryGetValue(callId, out var scans) || scans.Trie != book.Trie)
        {
            // Nobody says that a call has ended: those that have are forgotten when another one begins.
            foreach (var ended in _calls.Keys.Where(id => board.Find(id) is null).ToList())
                _calls.Remove(ended);
            _calls[callId] = scans = new LiveScans(book);
        }

        return scans.Of(side);
    }

    // A number may have begun in the segment before.
    private TranscribedSegment Redacted(RecordingSide side, TranscribedSegment? before, TranscribedSegment segment)
    {
        if (!options.Value.Redact)
            return segment;

        (RecordingSide, TranscribedSegment)[] said = before is null || before.From > segment.From ? [(side, segment)] : [(side, before), (side, segment)];
        return Redaction.Of(said)[^1].Segment;
    }

    private sealed class LiveScans(KeywordBook book)
    {
        private readonly SideScan[] _sides = [new(book.Scan(RecordingSide.Left)), new(book.Scan(RecordingSide.Right))];

        public KeywordTrie Trie => book.Trie;

        public SideScan Of(RecordingSide side) => _sides[(int)side];
    }

    private sealed class SideScan(KeywordScan scan)
    {
        public KeywordScan Scan => scan;

        public TranscribedSegment? Last { get; set; }
    }
}
