using AriDialer.Web.Features.Account;

namespace AriDialer.Web.Features.Security;

/// <summary>Where pages connect to hubs.</summary>
internal static class PageHubEndpoints
{
    /// <summary>Maps a hub for the pages of signed-in people, each of whom may have so many connections open.</summary>
    public static void MapPageHub<THub>(this IEndpointRouteBuilder endpoints, string path)
        where THub : PageHub<THub> =>
        endpoints.MapHub<THub>(path, connection => connection.CloseOnAuthenticationExpiration = true)
            .RequireAuthorization(Policies.Agent)
            .Add(endpoint =>
            {
                var connect = endpoint.RequestDelegate!;
                endpoint.RequestDelegate = context => IsNew(context.Request) && !MayOpen(context) ? RefuseAsync(context) : connect(context);
            });

    // With an id it goes on with a connection that was begun before.
    private static bool IsNew(HttpRequest request) => !request.Query.ContainsKey("id");

    private static bool MayOpen(HttpContext context) =>
        context.RequestServices.GetRequiredService<OpenConnections>().MayOpenPage(context.User.UserId());

    private static Task RefuseAsync(HttpContext context) =>
        Results.Problem("You have too many pages open. Close some of them.", statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
}
