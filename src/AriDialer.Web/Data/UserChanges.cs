using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AriDialer.Web.Data;

/// <summary>Says whose row has changed, whoever changed it, so that what is kept in memory about people is never out of date.</summary>
internal sealed class UserChanges : SaveChangesInterceptor
{
    private readonly ConditionalWeakTable<DbContext, HashSet<string>> _saving = [];

    /// <summary>Raised once the change is committed, with the people's ids. Listeners do not wait and do not throw.</summary>
    public event Action<IReadOnlyCollection<string>>? Changed;

    /// <summary>For a change that passes by the change tracker.</summary>
    public void Tell(string userId) => Changed?.Invoke([userId]);

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        // Afterwards every entry is unchanged: who it was is known only now.
        var changed = eventData.Context!.ChangeTracker.Entries<AppUser>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(entry => entry.Entity.Id).ToHashSet();
        if (changed.Count > 0)
            _saving.AddOrUpdate(eventData.Context, changed);

        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (_saving.TryGetValue(eventData.Context!, out var changed) && _saving.Remove(eventData.Context!))
            Changed?.Invoke(changed);

        return base.SavedChangesAsync(eventData, result, cancellationToken);
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        _saving.Remove(eventData.Context!);
        return base.SaveChangesFailedAsync(eventData, cancellationToken);
    }
}
