using AriDialer.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.People;

/// <summary>Writes down who did what to whom.</summary>
internal sealed class AuditLog(IDbContextFactory<AppDbContext> databases, TimeProvider time)
{
    public async Task WriteAsync(string? actorId, string action, string subjectId, string? detail = null)
    {
        await using var database = await databases.CreateDbContextAsync();
        database.Audit.Add(new AuditEntry
        {
            At = time.GetUtcNow(),
            ActorId = actorId,
            Action = action,
            SubjectId = subjectId,
            Detail = detail,
        });
        await database.SaveChangesAsync();
    }
}
