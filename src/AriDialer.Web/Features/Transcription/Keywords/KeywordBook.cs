using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>All that is watched for, ready to be found, and who is in which team. It never changes: a newer one takes its place.</summary>
internal sealed class KeywordBook
{
    public static readonly KeywordBook Empty = new([], Enumerable.Empty<(string, string)>().ToLookup(one => one.Item1, one => one.Item2));

    private readonly KeywordTrie _trie = new();
    private readonly IReadOnlyList<Keyword> _keywords;
    private readonly ILookup<string, string> _teams;

    public KeywordBook(IReadOnlyList<Keyword> keywords, ILookup<string, string> teamsOfUsers)
    {
        (_keywords, _teams) = (keywords, teamsOfUsers);
        foreach (var keyword in keywords)
        {
            _trie.TryAdd(keyword);
        }
    }

    private KeywordBook(KeywordBook same, ILookup<string, string> teamsOfUsers) =>
        (_keywords, _trie, _teams) = (same._keywords, same._trie, teamsOfUsers);

    /// <summary>As the database has it. Where the keywords are those of another book, its tree is kept.</summary>
    public static async Task<KeywordBook> ReadAsync(AppDbContext database, KeywordBook last, CancellationToken cancellationToken)
    {
        var keywords = await database.Keywords.AsNoTracking().OrderBy(keyword => keyword.Id)
            .Select(keyword => new Keyword(keyword.Phrase, keyword.Tone, keyword.Side, keyword.TeamId)).ToListAsync(cancellationToken);
        var members = await database.TeamMembers.AsNoTracking()
            .Select(member => new { member.UserId, member.TeamId }).ToListAsync(cancellationToken);
        var teams = members.ToLookup(member => member.UserId, member => member.TeamId);
        return keywords.SequenceEqual(last._keywords) ? new KeywordBook(last, teams) : new KeywordBook(keywords, teams);
    }

    /// <summary>The phrases: the same in another book where only the teams are others.</summary>
    public KeywordTrie Trie => _trie;

    public KeywordScan Scan(RecordingSide side) => new(_trie, side);

    /// <summary>Whether a keyword counts in a call in which these people of ours are, and to which this team was called.</summary>
    public bool IsFor(Keyword keyword, IReadOnlyCollection<string> userIds, string? teamId) =>
        keyword.TeamId is not { } team || team == teamId || userIds.Any(userId => _teams[userId].Contains(team));

    /// <summary>All that is found in a transcript, in the order of time.</summary>
    public IEnumerable<KeywordHit> FindAll(IReadOnlyCollection<string> userIds, string? teamId, IEnumerable<TranscriptSegmentEntry> segments) => segments
        .GroupBy(segment => segment.Side)
        .SelectMany(side =>
        {
            var scan = Scan(side.Key);
            return InOrder(side).SelectMany(segment => scan.Next(segment)).ToList();
        })
        .Where(hit => IsFor(hit.Keyword, userIds, teamId))
        .OrderBy(hit => hit.From).ThenBy(hit => hit.To);

    /// <summary>One side's segments as <see cref="WordPlace"/> counts them.</summary>
    public static IEnumerable<TranscriptSegmentEntry> InOrder(IEnumerable<TranscriptSegmentEntry> side) =>
        side.OrderBy(segment => segment.From).ThenBy(segment => segment.To).ThenBy(segment => segment.Id);
}
