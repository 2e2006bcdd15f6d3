namespace AriDialer.Web.Features.Security;

/// <summary>A browser says which site opened a socket; cookies alone do not, and sockets know no cross-site rules.</summary>
internal static class SameOrigin
{
    /// <summary>True where a page of ours opened it. A client that says nothing is no browser's page.</summary>
    public static bool IsOurs(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
        && origin.Scheme == request.Scheme
        && string.Equals(origin.Authority, Authority(request), StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses requests for these paths that another site's page makes.</summary>
    public static IApplicationBuilder UseSameOrigin(this IApplicationBuilder app, PathString path) => app.Use((context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments(path) || context.Request.Headers.Origin.Count == 0 || IsOurs(context.Request))
            return next(context);

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    // As a URI has it: without the port that goes without saying.
    private static string Authority(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own) ? own.Authority : "";
}
