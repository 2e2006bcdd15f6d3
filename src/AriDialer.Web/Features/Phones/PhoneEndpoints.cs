using System.Security.Claims;
using AriDialer.Ari;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Security;

namespace AriDialer.Web.Features.Phones;

internal static class PhoneEndpoints
{
    public static void MapPhoneSessions(this IEndpointRouteBuilder endpoints)
    {
        var session = endpoints.MapGroup("/phone/session").RequireAuthorization(Policies.Agent).RequireAntiforgery();
        session.MapPost("", OpenAsync);
        session.MapPost("/close", CloseAsync);
    }

    private static async Task<IResult> OpenAsync(
        HttpContext context, ClaimsPrincipal person, PhoneSessions sessions, CancellationToken cancellationToken)
    {
        try
        {
            return await sessions.OpenAsync(person.UserId(), person.SignInId(), cancellationToken) is { } phone
                ? Results.Ok(PhoneSessionView.Of(phone, context.Request.Host.Host))
                : Results.Problem("You are signed out, or your account is disabled. Sign in again, or ask an administrator.", statusCode: StatusCodes.Status403Forbidden);
        }
        catch (Exception e) when (e is AriException or HttpRequestException)
        {
            return Results.Problem(
                "The telephone system does not answer. Your phone is connected as soon as it does.",
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception e) when (e.IsDatabaseStuck())
        {
            return Results.Problem(
                "The database cannot be written just now: it is locked by another program, or its disk is full. Your phone is connected as soon as it can.",
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<IResult> CloseAsync(
        ClaimsPrincipal person, PhoneSessions sessions, OpenConnections connections, CancellationToken cancellationToken)
    {
        await sessions.CloseSignInAsync(person.SignInId(), cancellationToken);
        await connections.EndPhonesAsync(person.SignInId());
        return Results.NoContent();
    }
}

/// <summary>What a page needs to register its phone.</summary>
internal sealed record PhoneSessionView(
    string Endpoint, string Password, string Domain, string DisplayName, string? Number, DateTimeOffset ExpiresAt, IReadOnlyList<string> IceServers)
{
    public static PhoneSessionView Of(OpenPhone phone, string domain) =>
        new(phone.Endpoint, phone.Password, domain, phone.DisplayName, phone.Number, phone.ExpiresAt, []);
}
