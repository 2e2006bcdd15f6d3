using System.Security.Claims;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.People;
using AriDialer.Web.Features.Recording;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Live;

/// <summary>Who may read along with what call: those who may hear its recording, and of agents only who takes part.</summary>
internal sealed class LiveReading(LiveBoard calls, AuditLog audit, IOptions<RecordingOptions> recording)
{
    /// <summary>Whether this person may read along with any call at all.</summary>
    public bool MayRead(ClaimsPrincipal person) => person.SeesAll() || recording.Value.AgentsMayListen;

    /// <summary>A call that goes on and that this person may read; null where there is none.</summary>
    public CallSnapshot? Find(ClaimsPrincipal person, string callId) =>
        calls.Find(callId) is { } call && (person.SeesAll() || (MayRead(person) && call.LegOf(person.UserId()) is not null)) ? call : null;

    /// <summary>Writes down that somebody reads along who does not take part.</summary>
    public Task NoteAsync(ClaimsPrincipal person, CallSnapshot call) => call.LegOf(person.UserId()) is null
        ? audit.WriteAsync(person.UserId(), AuditActions.CallReadAlong, person.UserId(), $"call {call.Id}")
        : Task.CompletedTask;
}
