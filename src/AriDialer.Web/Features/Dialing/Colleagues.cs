using AriDialer.Web.Data;
using AriDialer.Web.Features.Phones;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Dialing;

/// <summary>A person of ours, as far as calling them needs it.</summary>
internal sealed record Colleague(string UserId, string Name, string? Number, string? Region, bool Disabled, bool DoNotDisturb)
{
    public CallParty AsParty() => new(UserId, Number, Name);

    public static Colleague Of(AppUser user) => new(user.Id, user.DisplayName, user.Number, user.Region, user.Disabled, user.DoNotDisturb);
}

/// <summary>Finds the people who can be called.</summary>
internal sealed class Colleagues(IDbContextFactory<AppDbContext> databases, TimeProvider time)
{
    private const int MostBrowsers = 20;

    public Task<Colleague?> ByIdAsync(string userId, CancellationToken cancellationToken) =>
        FirstAsync(users => users.Where(user => user.Id == userId), cancellationToken);

    public Task<Colleague?> ByNumberAsync(TelephoneNumber number, CancellationToken cancellationToken) =>
        FirstAsync(users => users.Where(user => user.Number == number.E164), cancellationToken);

    /// <summary>Whose phone an endpoint is; null where it is no live phone of ours.</summary>
    public async Task<Colleague?> ByEndpointAsync(string endpoint, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var owners = PhoneNames.IsDesk(endpoint)
            ? database.DeskPhones.Where(phone => phone.Endpoint == endpoint && phone.WithdrawnAt == null).Select(phone => phone.User!)
            : database.PhoneSessions
                .Where(session => session.Endpoint == endpoint && session.WithdrawnAt == null && session.ExpiresAt > now)
                .Select(session => session.User!);
        return await Read(owners.Where(user => !user.Disabled)).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// The endpoints of a person's live phones: of the browsers where they signed in last, and of the telephones on their desk, registered
    /// or not. A page that was closed leaves its phone until it expires: ringing every one of those would keep Asterisk busy with nothing.
    /// </summary>
    public async Task<IReadOnlyList<string>> PhonesOfAsync(string userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var browsers = await database.PhoneSessions
            .Where(session => session.UserId == userId && session.WithdrawnAt == null && session.ExpiresAt > now && !session.User!.Disabled)
            .OrderByDescending(session => session.CreatedAt)
            .Select(session => session.Endpoint)
            .Take(MostBrowsers)
            .ToListAsync(cancellationToken);
        var desks = await database.DeskPhones
            .Where(phone => phone.UserId == userId && phone.WithdrawnAt == null && !phone.User!.Disabled)
            .OrderBy(phone => phone.CreatedAt)
            .Select(phone => phone.Endpoint)
            .ToListAsync(cancellationToken);
        return [.. browsers, .. desks];
    }

    /// <summary>Those of these people who have a telephone on their desk.</summary>
    public async Task<IReadOnlySet<string>> WithDeskPhonesAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.DeskPhones.Where(phone => userIds.Contains(phone.UserId) && phone.WithdrawnAt == null)
            .Select(phone => phone.UserId).ToHashSetAsync(cancellationToken);
    }

    /// <summary>The people one of whose names begins with each word of the text, or whose number holds its digits.</summary>
    public async Task<IReadOnlyList<Colleague>> SearchAsync(string text, int most, CancellationToken cancellationToken)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        if (words.Length == 0)
            return [];

        var people = await AllAsync(cancellationToken);
        return [.. people
            .Where(person => IsNamed(person.Name, words) || digits.Length >= 3 && person.Number?.Contains(digits, StringComparison.Ordinal) == true)
            .OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase)
            .Take(most)];
    }

    /// <summary>Those whose names begin with each word of the text.</summary>
    public async Task<IReadOnlyList<Colleague>> NamedAsync(string text, string exceptUserId, CancellationToken cancellationToken)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0
            ? []
            : [.. (await AllAsync(cancellationToken)).Where(person => person.UserId != exceptUserId && IsNamed(person.Name, words))];
    }

    /// <summary>True for a name of which a word begins with each of these.</summary>
    public static bool IsNamed(string name, string[] words)
    {
        var names = name.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        return words.All(word => names.Any(part => part.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
    }

    private async Task<List<Colleague>> AllAsync(CancellationToken cancellationToken)
    {
        // SQLite compares only ASCII without regard to case, and a house has hundreds of people, not millions: compare here.
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Read(database.Users.Where(user => !user.Disabled)).ToListAsync(cancellationToken);
    }

    private async Task<Colleague?> FirstAsync(Func<IQueryable<AppUser>, IQueryable<AppUser>> which, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Read(which(database.Users)).FirstOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<Colleague> Read(IQueryable<AppUser> users) =>
        users.Select(user => new Colleague(user.Id, user.DisplayName, user.Number, user.Region, user.Disabled, user.DoNotDisturb));
}
