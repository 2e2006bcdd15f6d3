using System.Security.Claims;
using System.Text;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Recording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AriDialer.Web.Features.Transcription;

/// <summary>Copies of transcripts, for those who may hear the recording; each is written down.</summary>
internal static class TranscriptFiles
{
    public static void MapTranscriptFiles(this IEndpointRouteBuilder endpoints)
    {
        var recordings = endpoints.MapGroup("/recordings").RequireAuthorization(Policies.Agent);
        Map("txt", "text/plain; charset=utf-8", TranscriptFormats.Text);
        Map("vtt", "text/vtt; charset=utf-8", TranscriptFormats.WebVtt);
        Map("json", "application/json; charset=utf-8", TranscriptFormats.JsonOf);

        void Map(string end, string contentType, Func<CallTranscript, string> write) => recordings.MapGet(
            $"/{{id}}/transcript.{end}",
            (string id, HttpContext context, ClaimsPrincipal person, TranscriptDesk desk, RecordingShelf shelf, CancellationToken cancellationToken) =>
                SendAsync(id, end, contentType, write, context, person, desk, shelf, cancellationToken));
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> SendAsync(
        string id, string end, string contentType, Func<CallTranscript, string> write,
        HttpContext context, ClaimsPrincipal person, TranscriptDesk desk, RecordingShelf shelf, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(person, id, cancellationToken) is not { } call)
            return TypedResults.NotFound();

        await shelf.NoteAsync(person, AuditActions.TranscriptExported, call.Recording);
        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.File(Encoding.UTF8.GetBytes(write(call)), contentType, $"call-{call.Recording.CallId}.{end}");
    }
}
