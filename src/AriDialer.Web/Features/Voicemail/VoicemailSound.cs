using System.Security.Claims;
using AriDialer.Ari;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.People;
using AriDialer.Web.Features.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AriDialer.Web.Features.Voicemail;

/// <summary>The sound of messages and of one's greeting: one's own only, and each hearing of a message is written down.</summary>
internal static class VoicemailSound
{
    private const string Wave = "audio/wav";

    public static void MapVoicemailSound(this IEndpointRouteBuilder endpoints)
    {
        var sound = endpoints.MapGroup("/voicemail").RequireAuthorization(Policies.Agent);
        sound.MapGet("/{id}/audio", GetMessageAsync);
        sound.MapGet("/greeting/audio", GetGreetingAsync);
    }

    private static async Task<Results<FileStreamHttpResult, NotFound>> GetMessageAsync(
        string id,
        HttpContext context,
        ClaimsPrincipal person,
        Mailbox mailbox,
        VoicemailFiles files,
        AuditLog audit,
        Hearings hearings,
        CancellationToken cancellationToken)
    {
        if (await mailbox.FindAsync(person.UserId(), id, cancellationToken) is not { } entry || files.Open(entry.Id) is not { } file)
            return TypedResults.NotFound();

        await hearings.NoteAsync(
            context.Request,
            person.UserId(),
            entry.Id,
            () => audit.WriteAsync(person.UserId(), AuditActions.VoicemailHeard, entry.UserId, $"call {entry.CallId}"));
        return Play(context, file);
    }

    private static async Task<Results<FileStreamHttpResult, NotFound, ProblemHttpResult>> GetGreetingAsync(
        HttpContext context, ClaimsPrincipal person, PersonalGreeting greeting, CancellationToken cancellationToken)
    {
        try
        {
            return await greeting.OpenAsync(person.UserId(), cancellationToken) is { } sound ? Play(context, sound) : TypedResults.NotFound();
        }
        catch (AriException)
        {
            return TypedResults.Problem(
                "The telephone system does not answer. Try again in a moment.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static FileStreamHttpResult Play(HttpContext context, Stream sound)
    {
        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Stream(sound, Wave, enableRangeProcessing: true);
    }
}
