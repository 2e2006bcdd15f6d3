using System.Security.Claims;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.History;

/// <summary>Reads the history as one person may see it: supervisors all, agents the calls that were theirs.</summary>
internal sealed class CallLog(AppDbContext database)
{
    public const int PageSize = 25;

    public IQueryable<CallRecord> For(ClaimsPrincipal person)
    {
        var calls = database.Calls.AsNoTracking();
        var userId = person.UserId();
        return person.SeesAll() ? calls : calls.Where(call => call.CallerUserId == userId || call.CalleeUserId == userId);
    }

    public static IOrderedQueryable<CallRecord> Newest(IQueryable<CallRecord> calls) =>
        calls.OrderByDescending(call => call.StartedAt).ThenByDescending(call => call.Id);

    public Task<CallRecord?> FindAsync(ClaimsPrincipal person, string id) =>
        For(person).Include(call => call.Notes.OrderBy(note => note.WrittenAt)).ThenInclude(note => note.Author)
            .SingleOrDefaultAsync(call => call.Id == id);

    public async Task AddNoteAsync(CallNote note)
    {
        database.CallNotes.Add(note);
        await database.SaveChangesAsync();
    }
}
