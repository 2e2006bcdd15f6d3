using AriDialer.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Voicemail;

/// <summary>People's messages: each sees and changes their own.</summary>
internal sealed class Mailbox(
    IDbContextFactory<AppDbContext> databases, VoicemailFiles files, VoicemailNews news, IOptions<VoicemailOptions> options, TimeProvider time)
{
    public const int PageSize = 25;

    /// <summary>A person's messages, the newest first.</summary>
    public async Task<IReadOnlyList<VoicemailEntry>> ReadAsync(string userId, int page, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Of(database, userId).AsNoTracking().OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)
            .Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
    }

    public async Task<int> CountAsync(string userId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Of(database, userId).CountAsync(cancellationToken);
    }

    public async Task<int> CountNewAsync(string userId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Of(database, userId).CountAsync(entry => entry.HeardAt == null, cancellationToken);
    }

    /// <summary>One of the person's messages; null where they have none of this id.</summary>
    public async Task<VoicemailEntry?> FindAsync(string userId, string id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Of(database, userId).AsNoTracking().SingleOrDefaultAsync(entry => entry.Id == id, cancellationToken);
    }

    /// <summary>Marks a message as heard, or as new again.</summary>
    public Task<bool> MarkAsync(string userId, string id, bool isHeard, CancellationToken cancellationToken) =>
        ChangeAsync(userId, id, entry => entry.HeardAt = isHeard ? entry.HeardAt ?? time.GetUtcNow() : null, cancellationToken);

    /// <summary>Deletes a message; for a while it can be had back.</summary>
    public Task<bool> DeleteAsync(string userId, string id, CancellationToken cancellationToken) =>
        ChangeAsync(userId, id, entry => entry.DeletedAt ??= time.GetUtcNow(), cancellationToken);

    /// <summary>Brings a deleted message back.</summary>
    public Task<bool> RestoreAsync(string userId, string id, CancellationToken cancellationToken) =>
        ChangeAsync(userId, id, entry => entry.DeletedAt = null, cancellationToken);

    /// <summary>True where the message of this call was put into a mailbox before.</summary>
    public async Task<bool> HasMessageOfAsync(string callId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Voicemail.AnyAsync(entry => entry.CallId == callId, cancellationToken);
    }

    public async Task AddAsync(VoicemailEntry entry, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        database.Voicemail.Add(entry);
        await database.SaveChangesAsync(cancellationToken);
        await TellAsync(entry.UserId, hasCome: true, cancellationToken);
    }

    /// <summary>Lets go for good of what was deleted long enough ago.</summary>
    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var before = time.GetUtcNow() - options.Value.UndoLasts;
        var gone = await database.Voicemail.Where(entry => entry.DeletedAt < before).ToListAsync(cancellationToken);
        database.Voicemail.RemoveRange(gone);
        await database.SaveChangesAsync(cancellationToken);
        foreach (var entry in gone)
        {
            files.Delete(entry.Id);
        }
    }

    /// <summary>Deletes the files of messages that are in no mailbox. Not while one is being put there.</summary>
    public async Task DeleteStrayFilesAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        files.DeleteAllBut((await database.Voicemail.Select(entry => entry.Id).ToListAsync(cancellationToken)).ToHashSet());
    }

    private async Task<bool> ChangeAsync(string userId, string id, Action<VoicemailEntry> change, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Voicemail.SingleOrDefaultAsync(entry => entry.UserId == userId && entry.Id == id, cancellationToken) is not { } entry)
            return false;

        change(entry);
        await database.SaveChangesAsync(cancellationToken);
        await TellAsync(userId, hasCome: false, cancellationToken);
        return true;
    }

    private async Task TellAsync(string userId, bool hasCome, CancellationToken cancellationToken) =>
        await news.TellAsync(userId, await CountNewAsync(userId, cancellationToken), hasCome);

    private static IQueryable<VoicemailEntry> Of(AppDbContext database, string userId) =>
        database.Voicemail.Where(entry => entry.UserId == userId && entry.DeletedAt == null);
}
