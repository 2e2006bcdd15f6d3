using System.Security.Claims;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Contacts;

/// <summary>Which contacts a list shows.</summary>
internal enum ContactScope
{
    All,
    Mine,
    Shared,
}

/// <summary>One page of a list of contacts.</summary>
internal sealed record ContactPage(IReadOnlyList<Contact> Contacts, int Number, int Pages, int Total);

/// <summary>Reads contacts as one person may see them: their own, and those that are shared.</summary>
internal sealed class ContactBook(IDbContextFactory<AppDbContext> databases)
{
    public const int PageSize = 25;

    /// <summary>More than this is no longer a list for a spreadsheet.</summary>
    private const int MostExported = 20_000;

    /// <summary>A contact of one's own, and as a supervisor any that is shared.</summary>
    public static bool MayChange(Contact contact, ClaimsPrincipal person) =>
        contact.OwnerId == person.UserId() || contact.IsShared && person.SeesAll();

    public async Task<ContactPage> ListAsync(string userId, string? text, ContactScope scope, int page, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var contacts = Filter(database, userId, text, scope);
        var total = await contacts.CountAsync(cancellationToken);
        var pages = (total + PageSize - 1) / PageSize;
        var number = Math.Clamp(page, 1, Math.Max(1, pages));
        var shown = await InOrder(contacts).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        return new ContactPage(shown, number, pages, total);
    }

    public async Task<IReadOnlyList<Contact>> ExportAsync(string userId, string? text, ContactScope scope, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await InOrder(Filter(database, userId, text, scope)).Take(MostExported).ToListAsync(cancellationToken);
    }

    public async Task<Contact?> FindAsync(string userId, long id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await InOrder(Visible(database, userId)).SingleOrDefaultAsync(contact => contact.Id == id, cancellationToken);
    }

    /// <summary>The contacts that fit what is being written in a number field.</summary>
    public async Task<IReadOnlyList<Contact>> SearchAsync(string userId, string text, int most, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await InOrder(ContactText.Find(Visible(database, userId), text)).Take(most).ToListAsync(cancellationToken);
    }

    private static IQueryable<Contact> Filter(AppDbContext database, string userId, string? text, ContactScope scope)
    {
        var contacts = scope switch
        {
            ContactScope.Mine => database.Contacts.AsNoTracking().Where(contact => contact.OwnerId == userId),
            ContactScope.Shared => database.Contacts.AsNoTracking().Where(contact => contact.IsShared),
            _ => Visible(database, userId),
        };
        return string.IsNullOrWhiteSpace(text) ? contacts : ContactText.Find(contacts, text);
    }

    private static IQueryable<Contact> Visible(AppDbContext database, string userId) =>
        database.Contacts.AsNoTracking().Where(contact => contact.OwnerId == userId || contact.IsShared);

    private static IQueryable<Contact> InOrder(IQueryable<Contact> contacts) => contacts
        .Include(contact => contact.Numbers.OrderBy(number => number.Id)).Include(contact => contact.Owner)
        .OrderBy(contact => contact.Sought).ThenBy(contact => contact.Id);
}
