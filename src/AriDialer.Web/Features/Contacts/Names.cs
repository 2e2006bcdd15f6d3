using System.Collections.Concurrent;
using AriDialer.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Contacts;

/// <summary>
/// Whose number it is, as one person knows it: a colleague or a team, a contact of their own, or a shared one, in this order. Kept in memory,
/// and read anew after a change, so that it can be asked for every number on a page.
/// </summary>
internal sealed class Names : IDisposable
{
    private readonly IDbContextFactory<AppDbContext> _databases;
    private readonly UserChanges _changes;
    private readonly Book _colleagues;
    private readonly Book _shared;
    private readonly ConcurrentDictionary<string, Book> _own = new();

    public Names(IDbContextFactory<AppDbContext> databases, UserChanges changes)
    {
        (_databases, _changes) = (databases, changes);
        _colleagues = new Book(ReadColleaguesAsync);
        _shared = new Book(() => ReadContactsAsync(contacts => contacts.Where(contact => contact.IsShared)));
        changes.Changed += ForgetColleagues;
    }

    /// <summary>The name that belongs to a number, or null.</summary>
    /// <param name="userId">Who wants to know.</param>
    /// <param name="e164">The number; null and what is not E.164 belong to nobody.</param>
    public async ValueTask<string?> NameOfAsync(string userId, string? e164)
    {
        if (string.IsNullOrEmpty(e164))
            return null;

        var own = _own.GetOrAdd(userId, id => new Book(() => ReadContactsAsync(contacts => contacts.Where(contact => contact.OwnerId == id))));
        return (await _colleagues.ReadAsync()).GetValueOrDefault(e164)
            ?? (await own.ReadAsync()).GetValueOrDefault(e164)
            ?? (await _shared.ReadAsync()).GetValueOrDefault(e164);
    }

    /// <summary>The names that belong to these numbers, by number; a number that belongs to nobody is not among them.</summary>
    /// <param name="userId">Who wants to know.</param>
    /// <param name="numbers">As for <see cref="NameOfAsync"/>; the same one may come several times.</param>
    public async Task<IReadOnlyDictionary<string, string>> NamesOfAsync(string userId, IEnumerable<string?> numbers)
    {
        Dictionary<string, string> known = [];
        foreach (var number in numbers.OfType<string>().Distinct())
        {
            if (await NameOfAsync(userId, number) is { } name)
                known[number] = name;
        }

        return known;
    }

    /// <summary>After a person's contacts have changed, shared ones or not.</summary>
    public void ForgetContacts(string ownerId)
    {
        _own.TryRemove(ownerId, out _);
        _shared.Forget();
    }

    /// <summary>After a team has changed.</summary>
    public void ForgetTeams() => _colleagues.Forget();

    public void Dispose() => _changes.Changed -= ForgetColleagues;

    private void ForgetColleagues(IReadOnlyCollection<string> userIds) => _colleagues.Forget();

    private async Task<Dictionary<string, string>> ReadColleaguesAsync()
    {
        await using var database = await _databases.CreateDbContextAsync();
        var names = await database.Teams.Where(team => team.Number != null).ToDictionaryAsync(team => team.Number!, team => team.Name);
        foreach (var user in await database.Users.Where(user => user.Number != null && !user.Disabled).ToListAsync())
        {
            names[user.Number!] = user.DisplayName;
        }

        return names;
    }

    private async Task<Dictionary<string, string>> ReadContactsAsync(Func<IQueryable<Contact>, IQueryable<Contact>> which)
    {
        await using var database = await _databases.CreateDbContextAsync();
        var rows = await which(database.Contacts).OrderBy(contact => contact.ChangedAt).ThenBy(contact => contact.Id)
            .SelectMany(contact => contact.Numbers, (contact, number) => new { number.E164, contact.Name }).ToListAsync();
        Dictionary<string, string> names = [];
        // A number in two contacts: the one that was written last.
        rows.ForEach(row => names[row.E164] = row.Name);
        return names;
    }

    /// <summary>Names by number, read when they are first asked for and again once they were forgotten.</summary>
    private sealed class Book(Func<Task<Dictionary<string, string>>> read)
    {
        private readonly Lock _gate = new();
        private Task<Dictionary<string, string>>? _names;

        public Task<Dictionary<string, string>> ReadAsync()
        {
            lock (_gate)
            {
                // What failed is tried again by the next who asks.
                return _names = _names is { IsFaulted: false, IsCanceled: false } ? _names : read();
            }
        }

        public void Forget()
        {
            lock (_gate)
            {
                _names = null;
            }
        }
    }
}
