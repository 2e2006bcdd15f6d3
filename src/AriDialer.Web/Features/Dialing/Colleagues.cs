using AriDialer.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Dialing;

/// <summary>A person of ours, as far as calling them needs it.</summary>
internal sealed record Colleague(string UserId, string Name, string? Number, string? Region, bool Disabled)
{
    public CallParty AsParty() => new(UserId, Number, Name);
}

/// <summary>Finds the people who can be called.</summary>
internal sealed class Colleagues(IDbContextFactory<AppDbContext> databases, TimeProvider time)
{
    public Task<Colleague?> ByIdAsync(string userId, CancellationToken cancellationToken) =>
        FirstAsync(users => users.Where(user => user.Id == userId), cancellationToken);

    public Task<Colleague?> ByNumberAsync(TelephoneNumber number, CancellationToken cancellationToken) =>
        FirstAsync(users => users.Where(user => user.Number == number.E164), cancellationToken);

    /// <summary>Whose phone an endpoint is; null where it is no live phone of ours.</summary>
    public async Task<Colleague?> ByEndpointAsync(string endpoint, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Read(database.PhoneSessions
                .Where(session => session.Endpoint == endpoint && session.WithdrawnAt == null && session.ExpiresAt > now)
                .Select(session => session.User!)
                .Where(user => !user.Disabled))
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The endpoints of a person's live phones.</summary>
    public async Task<IReadOnlyList<string>> PhonesOfAsync(string userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.PhoneSessions
            .Where(session => session.UserId == userId && session.WithdrawnAt == null && session.ExpiresAt > now && !session.User!.Disabled)
            .OrderBy(session => session.CreatedAt)
            .Select(session => session.Endpoint)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The people one of whose names begins with each word of the text, or whose number holds its digits.</summary>
    public async Task<IReadOnlyList<Colleague>> SearchAsync(string text, int most, CancellationToken cancellationToken)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        if (words.Length == 0)
            return [];

        // SQLite compares only ASCII without regard to case, and a house has hundreds of people, not millions: compare here.
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var people = await Read(database.Users.Where(user => !user.Disabled)).ToListAsync(cancellationToken);
        return [.. people
            .Where(person => IsNamed(person, words) || digits.Length >= 3 && person.Number?.Contains(digits, StringComparison.Ordinal) == true)
            .OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase)
            .Take(most)];
    }

    private static bool IsNamed(Colleague person, string[] words)
    {
        var names = person.Name.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        return words.All(word => names.Any(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
    }

    private async Task<Colleague?> FirstAsync(Func<IQueryable<AppUser>, IQueryable<AppUser>> which, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Read(which(database.Users)).FirstOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<Colleague> Read(IQueryable<AppUser> users) =>
        users.Select(user => new Colleague(user.Id, user.DisplayName, user.Number, user.Region, user.Disabled));
}
