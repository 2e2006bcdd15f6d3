using System.Security.Claims;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Recording.Storage;
using AriDialer.Web.Features.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AriDialer.Web.Features.Recording;

/// <summary>The sound of recordings, their peaks, and copies of them.</summary>
internal static partial class RecordingSound
{
    public static void MapRecordingSound(this IEndpointRouteBuilder endpoints)
    {
        var recordings = endpoints.MapGroup("/recordings").RequireAuthorization(Policies.Agent);
        recordings.MapGet("/{id}/audio", PlayAsync);
        recordings.MapGet("/{id}/waveform", DrawAsync);
        recordings.MapGet("/{id}/file", DownloadAsync);
    }

    private static async Task<Results<FileStreamHttpResult, NotFound, ProblemHttpResult>> PlayAsync(
        string id, HttpContext context, ClaimsPrincipal person, RecordingShelf shelf, Hearings hearings, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        if (await shelf.FindAsync(person, id, cancellationToken) is not { } row)
            return TypedResults.NotFound();

        await hearings.NoteAsync(context.Request, person.UserId(), row.Id, () => shelf.NoteAsync(person, AuditActions.RecordingPlayed, row));
        return await OpenAsync(row, context, shelf, fileName: null, logs, cancellationToken);
    }

    private static async Task<Results<FileStreamHttpResult, NotFound, ProblemHttpResult>> DownloadAsync(
        string id, HttpContext context, ClaimsPrincipal person, RecordingShelf shelf, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        if (!shelf.MayDownload(person) || await shelf.FindAsync(person, id, cancellationToken) is not { } row)
            return TypedResults.NotFound();

        await shelf.NoteAsync(person, AuditActions.RecordingDownloaded, row);
        var end = row.ContentType == "audio/wav" ? "wav" : "ogg";
        return await OpenAsync(row, context, shelf, $"call-{row.CallId}.{end}", logs, cancellationToken);
    }

    private static async Task<Results<ContentHttpResult, NotFound>> DrawAsync(
        string id, HttpContext context, ClaimsPrincipal person, RecordingShelf shelf, CancellationToken cancellationToken)
    {
        if (await shelf.FindAsync(person, id, cancellationToken) is not { Waveform: { } waveform })
            return TypedResults.NotFound();

        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Content(waveform, "application/json");
    }

    private static async Task<Results<FileStreamHttpResult, NotFound, ProblemHttpResult>> OpenAsync(
        RecordingEntry row, HttpContext context, RecordingShelf shelf, string? fileName, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        try
        {
            if (await shelf.OpenAsync(row, cancellationToken) is not { } sound)
                return TypedResults.NotFound();

            context.Response.Headers.CacheControl = "private, no-store";
            return TypedResults.Stream(sound, row.ContentType, fileName, enableRangeProcessing: true);
        }
        catch (Exception e) when (e is UnreadableRecordingException or IOException)
        {
            LogUnreadable(logs.CreateLogger(typeof(RecordingSound).FullName!), e, row.CallId);
            return TypedResults.Problem(
                "The recording cannot be read. Tell your administrator; the log says why.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The recording of call {CallId} cannot be read")]
    private static partial void LogUnreadable(ILogger logger, Exception e, string callId);
}
