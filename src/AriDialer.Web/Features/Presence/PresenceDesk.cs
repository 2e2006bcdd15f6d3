using AriDialer.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Presence;

/// <summary>What people set about themselves and their view of others: kept, and shown at once.</summary>
internal sealed class PresenceDesk(IDbContextFactory<AppDbContext> databases, UserChanges changes, PresenceBoard board) : IDisposable
{
    // One at a time, so that what is shown last is what was kept last.
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task ChooseAsync(string userId, ChosenPresence chosen, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Users.Where(user => user.Id == userId).ExecuteUpdateAsync(
            user => user
                .SetProperty(u => u.DoNotDisturb, chosen == ChosenPresence.DoNotDisturb)
                .SetProperty(u => u.Away, chosen == ChosenPresence.Away),
            cancellationToken);
        changes.Tell(userId);
    }

    /// <summary>Puts a colleague among a person's favourites, or takes them out.</summary>
    /// <returns>False where there is no such colleague.</returns>
    public async Task<bool> SetFavouriteAsync(string userId, string personId, bool isFavourite, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            if (!isFavourite)
            {
                await database.Favourites.Where(f => f.UserId == userId && f.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
            }
            else if (personId == userId || !await database.Users.AnyAsync(user => user.Id == personId, cancellationToken))
            {
                return false;
            }
            else if (!await database.Favourites.AnyAsync(f => f.UserId == userId && f.PersonId == personId, cancellationToken))
            {
                database.Favourites.Add(new Favourite { UserId = userId, PersonId = personId });
                await database.SaveChangesAsync(cancellationToken);
            }

            board.SetFavourite(userId, personId, isFavourite);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
