using System.Security.Claims;
using AriDialer.Web.Data;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.Recording;
using AriDialer.Web.Features.Recording.Audio;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Transcription;

/// <summary>Searches what was said in the calls whose recordings one person may hear. All words are to be in one segment.</summary>
internal sealed class TranscriptSearch(AppDbContext database, RecordingShelf recordings, CallLog calls)
{
    public const int PageSize = 10;

    /// <summary>How many places of one call are shown.</summary>
    public const int PlacesPerCall = 3;

    private const int SnippetWords = 24;

    /// <summary>Whether there is any transcript that this person may read.</summary>
    public Task<bool> HasAnyAsync(ClaimsPrincipal person, CancellationToken cancellationToken) => recordings.For(person)
        .AnyAsync(recording => database.Transcripts.Any(one => one.RecordingId == recording.Id && one.Stage == TranscriptStage.Ready), cancellationToken);

    /// <param name="person">Who searches.</param>
    /// <param name="phrase">As <see cref="SearchPhrase"/> gives it.</param>
    /// <param name="page">From 1; the last one where it is beyond.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<TranscriptFinds> FindAsync(ClaimsPrincipal person, string phrase, int page, CancellationToken cancellationToken)
    {
        var matches = database.Database.SqlQuery<long>($"""SELECT rowid AS "Value" FROM "TranscriptIndex" WHERE "TranscriptIndex" MATCH {phrase}""");
        var places =
            from id in matches
            join segment in database.TranscriptSegments.AsNoTracking() on id equals segment.Id
            join recording in recordings.For(person) on segment.RecordingId equals recording.Id
            select new { segment.Id, segment.Side, segment.From, recording.CallId, recording.StartedAt };

        var total = await places.Select(place => place.CallId).Distinct().CountAsync(cancellationToken);
        var pages = (total + PageSize - 1) / PageSize;
        var number = Math.Clamp(page, 1, Math.Max(1, pages));
        var found = await places.GroupBy(place => new { place.CallId, place.StartedAt })
            .OrderByDescending(call => call.Key.StartedAt).ThenBy(call => call.Key.CallId)
            .Select(call => new { call.Key.CallId, Count = call.Count() })
            .Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);

        var callIds = found.ConvertAll(call => call.CallId);
        var shown = (await places.Where(place => callIds.Contains(place.CallId)).OrderBy(place => place.From).ThenBy(place => place.Id).ToListAsync(cancellationToken))
            .GroupBy(place => place.CallId).ToDictionary(call => call.Key, call => call.Take(PlacesPerCall).ToList());
        var snippets = await SnippetsAsync(phrase, [.. shown.Values.SelectMany(of => of).Select(place => place.Id)], cancellationToken);
        var records = await calls.For(person).Include(call => call.Participants).Where(call => callIds.Contains(call.Id))
            .ToDictionaryAsync(call => call.Id, cancellationToken);
        return new TranscriptFinds(total, pages, number,
        [
            .. found.Where(call => records.ContainsKey(call.CallId)).Select(call => new TranscriptFind(
                records[call.CallId], call.Count,
                [.. shown.GetValueOrDefault(call.CallId, []).Select(place => new TranscriptPlace(place.Side, place.From, MarkedText.Of(snippets.GetValueOrDefault(place.Id, ""))))])),
        ]);
    }

    private Task<Dictionary<long, string>> SnippetsAsync(string phrase, List<long> segmentIds, CancellationToken cancellationToken) => database.Database
        .SqlQuery<Snippet>($"""
            SELECT rowid AS "Id", snippet("TranscriptIndex", 0, {MarkedText.Begin.ToString()}, {MarkedText.End.ToString()}, '…', {SnippetWords}) AS "Text"
            FROM "TranscriptIndex" WHERE "TranscriptIndex" MATCH {phrase}
            """)
        .Where(snippet => segmentIds.Contains(snippet.Id))
        .ToDictionaryAsync(snippet => snippet.Id, snippet => snippet.Text, cancellationToken);

    private sealed record Snippet(long Id, string Text);
}

/// <summary>One page of what was found.</summary>
/// <param name="Total">In how many calls.</param>
/// <param name="Pages">How many pages these are.</param>
/// <param name="Number">Which page this is, from 1.</param>
/// <param name="Calls">The newest call first.</param>
internal sealed record TranscriptFinds(int Total, int Pages, int Number, IReadOnlyList<TranscriptFind> Calls);

/// <summary>A call in which it was said: in how many places, and the first ones.</summary>
internal sealed record TranscriptFind(CallRecord Call, int Count, IReadOnlyList<TranscriptPlace> Places);

/// <summary>Who said it, at which second, and what around it.</summary>
internal sealed record TranscriptPlace(RecordingSide Side, double From, IReadOnlyList<MarkedText> Parts);
