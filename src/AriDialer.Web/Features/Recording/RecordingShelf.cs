using System.Security.Claims;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.People;
using AriDialer.Web.Features.Recording.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Recording;

/// <summary>Recordings as one person may have them: of the calls that they see, by the rules of the house. Each access is written down.</summary>
internal sealed class RecordingShelf(
    AppDbContext database, CallLog calls, RecordingVault vault, AuditLog audit, IOptions<RecordingOptions> options, TimeProvider time)
{
    public bool MayListen(ClaimsPrincipal person) => person.SeesAll() || options.Value.AgentsMayListen;

    public bool MayDownload(ClaimsPrincipal person) => person.SeesAll() || (options.Value.AgentsMayListen && options.Value.AgentsMayDownload);

    /// <summary>What was recorded of a call that the person sees; null where nothing was, or where they may not listen.</summary>
    public async Task<RecordingEntry?> OfCallAsync(ClaimsPrincipal person, string callId, CancellationToken cancellationToken) => MayListen(person)
        ? await Of(person).Include(row => row.Comments.OrderBy(comment => comment.AtSeconds)).ThenInclude(comment => comment.Author).Include(row => row.Talk)
            .SingleOrDefaultAsync(row => row.CallId == callId, cancellationToken)
        : null;

    /// <summary>A recording that can be played, by its own id; null where there is none for this person.</summary>
    public Task<RecordingEntry?> FindAsync(ClaimsPrincipal person, string id, CancellationToken cancellationToken) =>
        For(person).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>All that this person may play.</summary>
    public IQueryable<RecordingEntry> For(ClaimsPrincipal person)
    {
        var mayListen = MayListen(person);
        return Of(person).Where(row => mayListen && row.Stage == RecordingStage.Ready && row.DeletedAt == null);
    }

    /// <summary>Its sound, which the caller disposes of; null where the file is gone.</summary>
    public Task<Stream?> OpenAsync(RecordingEntry row, CancellationToken cancellationToken) =>
        vault.OpenAsync(row.Id, row.SealedKey!, cancellationToken);

    /// <summary>Writes down that somebody did something with a recording.</summary>
    public Task NoteAsync(ClaimsPrincipal person, string action, RecordingEntry row) =>
        audit.WriteAsync(person.UserId(), action, person.UserId(), $"call {row.CallId}");

    public async Task CommentAsync(ClaimsPrincipal person, RecordingEntry row, double at, string text, CancellationToken cancellationToken)
    {
        database.RecordingComments.Add(new RecordingComment
        {
            RecordingId = row.Id,
            AtSeconds = Math.Clamp(at, 0, row.Seconds ?? 0),
            AuthorId = person.UserId(),
            Text = text,
            WrittenAt = time.GetUtcNow(),
        });
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Deletes a comment: one's own, or as an administrator anybody's.</summary>
    public async Task<bool> DeleteCommentAsync(ClaimsPrincipal person, RecordingEntry row, long id, CancellationToken cancellationToken)
    {
        var (userId, isAll) = (person.UserId(), person.IsInRole(Roles.Administrator));
        return await database.RecordingComments.Where(comment => comment.Id == id && comment.RecordingId == row.Id && (isAll || comment.AuthorId == userId))
            .ExecuteDeleteAsync(cancellationToken) > 0;
    }

    /// <summary>Keeps a recording whatever rule would let it go, or no more.</summary>
    public async Task HoldAsync(ClaimsPrincipal person, RecordingEntry row, bool isHeld, CancellationToken cancellationToken)
    {
        await database.Recordings.Where(one => one.Id == row.Id).ExecuteUpdateAsync(one => one.SetProperty(r => r.LegalHold, isHeld), cancellationToken);
        await NoteAsync(person, isHeld ? AuditActions.RecordingHeld : AuditActions.RecordingReleased, row);
    }

    private IQueryable<RecordingEntry> Of(ClaimsPrincipal person)
    {
        var theirs = calls.TakenPartIn(person).Select(call => call.Id);
        return database.Recordings.AsNoTracking().Where(row => theirs.Contains(row.CallId));
    }
}
