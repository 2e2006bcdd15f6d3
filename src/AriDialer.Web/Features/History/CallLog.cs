using System.Security.Claims;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.History;

/// <summary>Reads the history as one person may see it: supervisors all, agents the calls in which they took part.</summary>
internal sealed class CallLog(AppDbContext database)
{
    public const int PageSize = 25;

    public IQueryable<CallRecord> For(ClaimsPrincipal person) =>
        person.SeesAll() ? database.Calls.AsNoTracking() : Of(database.Calls.AsNoTracking(), person.UserId());

    /// <summary>Those that fit a filter, of those that the person may see.</summary>
    public IQueryable<CallRecord> Find(ClaimsPrincipal person, HistoryFilter filter)
    {
        var calls = filter.Apply(For(person), database.CallParticipants);
        return string.IsNullOrEmpty(filter.Person) ? calls : Of(calls, filter.Person);
    }

    public static IOrderedQueryable<CallRecord> Newest(IQueryable<CallRecord> calls) =>
        calls.OrderByDescending(call => call.StartedAt).ThenByDescending(call => call.Id);

    public Task<CallRecord?> FindAsync(ClaimsPrincipal person, string id) =>
        For(person)
            .Include(call => call.Notes.OrderBy(note => note.WrittenAt)).ThenInclude(note => note.Author)
            .Include(call => call.Events.OrderBy(line => line.At).ThenBy(line => line.Number))
            .Include(call => call.Participants)
            .AsSplitQuery()
            .SingleOrDefaultAsync(call => call.Id == id);

    /// <summary>Those of the calls that rang at this person's phones too and were answered by others alone.</summary>
    public async Task<IReadOnlySet<string>> AnsweredElsewhereAsync(string userId, IReadOnlyCollection<CallRecord> calls)
    {
        var answered = calls.Where(call => call.AnsweredAt is not null && call.CallerUserId != userId && call.CalleeUserId != userId)
            .Select(call => call.Id).ToArray();
        return await database.CallParticipants.Where(one => one.UserId == userId && answered.Contains(one.CallId))
            .GroupBy(one => one.CallId).Where(own => own.All(one => one.JoinedAt == null)).Select(own => own.Key).ToHashSetAsync();
    }

    /// <summary>What people of ours are called.</summary>
    public Task<Dictionary<string, string>> NamesAsync(IReadOnlyCollection<string> userIds) =>
        database.Users.Where(user => userIds.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.DisplayName);

    /// <summary>
    /// The calls in which this person was heard, or all for those who see all. A call that rang at their phone too and that somebody else
    /// answered they see, but what was said in it is none of theirs.
    /// </summary>
    public IQueryable<CallRecord> TakenPartIn(ClaimsPrincipal person)
    {
        if (person.SeesAll())
            return For(person);

        var userId = person.UserId();
        var joined = database.CallParticipants.Where(one => one.UserId == userId && one.JoinedAt != null).Select(one => one.CallId);
        // Of a call that was answered the callee is who did.
        return database.Calls.AsNoTracking().Where(call => call.CallerUserId == userId || call.CalleeUserId == userId || joined.Contains(call.Id));
    }

    public async Task AddNoteAsync(CallNote note)
    {
        database.CallNotes.Add(note);
        await database.SaveChangesAsync();
    }

    // As a set of ids: an index gives it, where a question asked of each call anew would read them all.
    private IQueryable<CallRecord> Of(IQueryable<CallRecord> calls, string userId)
    {
        var joined = database.CallParticipants.Where(one => one.UserId == userId).Select(one => one.CallId);
        return calls.Where(call => call.CallerUserId == userId || call.CalleeUserId == userId || joined.Contains(call.Id));
    }
}
