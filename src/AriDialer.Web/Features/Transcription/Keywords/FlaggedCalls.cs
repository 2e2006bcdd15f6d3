using System.Security.Claims;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>What was flagged in a call.</summary>
/// <param name="Count">How often.</param>
/// <param name="Tone">The gravest.</param>
/// <param name="Phrases">By what, each once.</param>
internal sealed record FlaggedCall(int Count, KeywordTone Tone, IReadOnlyList<string> Phrases)
{
    public string Sentence => $"Flagged {(Count == 1 ? "once" : $"{Count} times")}: {string.Join(", ", Phrases)}";
}

/// <summary>The calls in which something is flagged, as far as a person may hear them.</summary>
internal sealed class FlaggedCalls(AppDbContext database, RecordingShelf recordings)
{
    /// <summary>Only these of the calls.</summary>
    public IQueryable<CallRecord> Of(IQueryable<CallRecord> calls, ClaimsPrincipal person)
    {
        var flagged = recordings.For(person).Where(recording => database.KeywordHits.Any(hit => hit.RecordingId == recording.Id))
            .Select(recording => recording.CallId);
        return calls.Where(call => flagged.Contains(call.Id));
    }

    /// <summary>What is flagged in those of the calls in which something is.</summary>
    public async Task<Dictionary<string, FlaggedCall>> ReadAsync(ClaimsPrincipal person, IEnumerable<CallRecord> calls, CancellationToken cancellationToken)
    {
        var ids = calls.Select(call => call.Id).ToList();
        var phrases = await recordings.For(person).Where(recording => ids.Contains(recording.CallId))
            .Join(database.KeywordHits, recording => recording.Id, hit => hit.RecordingId, (recording, hit) => new { recording.CallId, hit.Phrase, hit.Tone })
            .GroupBy(hit => new { hit.CallId, hit.Phrase, hit.Tone })
            .Select(group => new { group.Key.CallId, group.Key.Phrase, group.Key.Tone, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return phrases.GroupBy(phrase => phrase.CallId).ToDictionary(call => call.Key, call => new FlaggedCall(
            call.Sum(phrase => phrase.Count), call.Max(phrase => phrase.Tone), [.. call.Select(phrase => phrase.Phrase).Distinct().Order()]));
    }
}
