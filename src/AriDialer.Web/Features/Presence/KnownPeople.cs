using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Phones;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Presence;

/// <summary>A person and how to reach them, as their row says.</summary>
internal sealed record KnownPerson(string UserId, string Name, string? Number, string? Display, string Dial, ChosenPresence Chosen);

/// <summary>Reads the people who have a lamp: all but those who are disabled.</summary>
internal sealed class KnownPeople(IDbContextFactory<AppDbContext> databases, TelephoneNumbers numbers)
{
    public async Task<IReadOnlyList<KnownPerson>> ReadAllAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var users = await Enabled(database).ToListAsync(cancellationToken);
        return [.. users.Select(Known)];
    }

    public async Task<KnownPerson?> ReadAsync(string userId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Enabled(database).SingleOrDefaultAsync(user => user.Id == userId, cancellationToken) is { } user ? Known(user) : null;
    }

    /// <summary>Everybody's favourites: whose, and whom.</summary>
    public async Task<ILookup<string, string>> ReadFavouritesAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return (await database.Favourites.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(f => f.UserId, f => f.PersonId);
    }

    private static IQueryable<AppUser> Enabled(AppDbContext database) => database.Users.AsNoTracking().Where(user => !user.Disabled);

    private KnownPerson Known(AppUser user) => new(
        user.Id,
        user.DisplayName,
        user.Number,
        user.Number is null ? null : numbers.Format(user.Number, ""),
        PhoneNames.DialFor(user.Id),
        user.DoNotDisturb ? ChosenPresence.DoNotDisturb : user.Away ? ChosenPresence.Away : ChosenPresence.Available);
}
