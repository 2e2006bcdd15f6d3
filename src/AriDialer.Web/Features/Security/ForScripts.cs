namespace AriDialer.Web.Features.Security;

/// <summary>The addresses that scripts call: they get problem details (RFC 9457) where people get a page.</summary>
internal static class ForScripts
{
    private static readonly PathString[] Paths = ["/phone", "/hubs", "/account/passkey-options", "/health"];

    public static bool IsFor(HttpContext context) => Paths.Any(path => context.Request.Path.StartsWithSegments(path));

    /// <summary>Every problem has a sentence for people.</summary>
    public static void Configure(ProblemDetailsOptions options) => options.CustomizeProblemDetails = problem =>
        problem.ProblemDetails.Detail ??= problem.ProblemDetails.Status switch
        {
            400 => "This page is out of date. Reload it and try again.",
            401 => "You are signed out. Sign in again.",
            403 => "Your role does not allow this.",
            404 => "There is nothing here.",
            429 => "Too many attempts. Wait a minute, then try again.",
            _ => "Something went wrong here. Try again in a moment.",
        };
}
