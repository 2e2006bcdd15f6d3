using AriDialer.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Dialing;

/// <summary>How people want their calls.</summary>
internal sealed class CallRules(IDbContextFactory<AppDbContext> databases)
{
    /// <summary>A person's rules; those of somebody who has chosen nothing are not in the database.</summary>
    public async Task<CallSettings> OfAsync(string userId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.CallSettings.AsNoTracking().SingleOrDefaultAsync(settings => settings.UserId == userId, cancellationToken)
            ?? new CallSettings { UserId = userId };
    }

    /// <summary>Changes a person's rules.</summary>
    public async Task ChangeAsync(string userId, Action<CallSettings> change, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var settings = await database.CallSettings.SingleOrDefaultAsync(s => s.UserId == userId, cancellationToken);
        if (settings is null)
        {
            settings = new CallSettings { UserId = userId };
            database.CallSettings.Add(settings);
        }

        change(settings);
        await database.SaveChangesAsync(cancellationToken);
    }
}
