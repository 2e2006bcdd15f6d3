using AriDialer.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Contacts;

/// <summary>Writes contacts. Who may is decided by whoever asks.</summary>
internal sealed class ContactDesk(IDbContextFactory<AppDbContext> databases, Names names, TimeProvider time)
{
    /// <summary>The most contacts that one person makes.</summary>
    public const int MostOwned = 10_000;

    public const string Full = "You have 10,000 contacts, and there is no room for more. Delete some first.";

    /// <returns>False where the person has as many as there may be.</returns>
    public async Task<bool> AddAsync(string userId, ContactDraft draft) => await AddAsync(userId, [draft]) is not null;

    /// <summary>Adds those that the person does not have yet, all or none.</summary>
    /// <returns>How many were new; null where there would be too many.</returns>
    public async Task<int?> AddNewAsync(string userId, IReadOnlyCollection<ContactDraft> drafts)
    {
        await using var database = await databases.CreateDbContextAsync();
        var known = await database.Contacts.Where(contact => contact.OwnerId == userId)
            .Select(contact => new { contact.Sought, contact.IsShared }).ToListAsync();
        var seen = known.Select(contact => (contact.Sought, contact.IsShared)).ToHashSet();
        return await AddAsync(userId, [.. drafts.Where(draft => seen.Add((draft.Sought, draft.IsShared)))]);
    }

    public async Task ChangeAsync(long id, ContactDraft draft)
    {
        await using var database = await databases.CreateDbContextAsync();
        if (await database.Contacts.Include(contact => contact.Numbers).SingleOrDefaultAsync(contact => contact.Id == id) is not { } contact)
            return;

        draft.WriteInto(contact, time.GetUtcNow());
        await database.SaveChangesAsync();
        names.ForgetContacts(contact.OwnerId);
    }

    public async Task DeleteAsync(Contact contact)
    {
        await using var database = await databases.CreateDbContextAsync();
        await database.Contacts.Where(c => c.Id == contact.Id).ExecuteDeleteAsync();
        names.ForgetContacts(contact.OwnerId);
    }

    private async Task<int?> AddAsync(string userId, ContactDraft[] drafts)
    {
        await using var database = await databases.CreateDbContextAsync();
        if (await database.Contacts.CountAsync(contact => contact.OwnerId == userId) + drafts.Length > MostOwned)
            return null;

        var now = time.GetUtcNow();
        foreach (var draft in drafts)
        {
            var contact = new Contact { OwnerId = userId, Name = draft.Name, Sought = draft.Sought };
            draft.WriteInto(contact, now);
            database.Contacts.Add(contact);
        }

        await database.SaveChangesAsync();
        names.ForgetContacts(userId);
        return drafts.Length;
    }
}
