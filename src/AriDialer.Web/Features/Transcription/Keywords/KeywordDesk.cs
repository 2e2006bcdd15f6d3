using AriDialer.Web.Data;
using AriDialer.Web.Features.People;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>What supervisors do to the keywords: each act is written down, and counts from the next word that is said.</summary>
internal sealed class KeywordDesk(IDbContextFactory<AppDbContext> databases, KeywordWatch watch, AuditLog audit)
{
    /// <summary>More than anybody looks after, and quick to find all the same.</summary>
    public const int Most = 2000;

    public async Task<List<KeywordEntry>> AllAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var all = await database.Keywords.AsNoTracking().Include(keyword => keyword.Team).ToListAsync(cancellationToken);
        return [.. all.OrderBy(keyword => keyword.Team?.Name ?? "", StringComparer.OrdinalIgnoreCase).ThenBy(keyword => keyword.Phrase, StringComparer.OrdinalIgnoreCase)];
    }

    public async Task<List<Team>> TeamsAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Teams.AsNoTracking().OrderBy(team => team.Name).ToListAsync(cancellationToken);
    }

    public async Task AddAsync(IReadOnlyCollection<KeywordEntry> keywords, string actorId)
    {
        await using var database = await databases.CreateDbContextAsync();
        database.Keywords.AddRange(keywords);
        await database.SaveChangesAsync();
        foreach (var keyword in keywords)
        {
            await database.Entry(keyword).Reference(one => one.Team).LoadAsync();
            await audit.WriteAsync(actorId, AuditActions.KeywordAdded, "", KeywordWords.Of(keyword));
        }

        await watch.ReloadAsync(CancellationToken.None);
    }

    /// <returns>False where it is gone.</returns>
    public async Task<bool> ChangeAsync(long id, KeywordEntry to, string actorId)
    {
        await using var database = await databases.CreateDbContextAsync();
        if (await database.Keywords.Include(one => one.Team).SingleOrDefaultAsync(one => one.Id == id) is not { } keyword)
            return false;

        var before = KeywordWords.Of(keyword);
        (keyword.Phrase, keyword.Tone, keyword.Side, keyword.TeamId) = (to.Phrase, to.Tone, to.Side, to.TeamId);
        await database.SaveChangesAsync();
        await database.Entry(keyword).Reference(one => one.Team).LoadAsync();
        await audit.WriteAsync(actorId, AuditActions.KeywordChanged, "", $"{KeywordWords.Of(keyword)} (before: {before})");
        await watch.ReloadAsync(CancellationToken.None);
        return true;
    }

    /// <summary>Deletes a keyword, if it is there. What was flagged by it stays flagged until it is looked through again.</summary>
    public async Task DeleteAsync(long id, string actorId)
    {
        await using var database = await databases.CreateDbContextAsync();
        if (await database.Keywords.Include(one => one.Team).SingleOrDefaultAsync(one => one.Id == id) is not { } keyword)
            return;

        var what = KeywordWords.Of(keyword);
        database.Keywords.Remove(keyword);
        await database.SaveChangesAsync();
        await audit.WriteAsync(actorId, AuditActions.KeywordDeleted, "", what);
        await watch.ReloadAsync(CancellationToken.None);
    }
}
