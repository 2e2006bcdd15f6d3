using Microsoft.AspNetCore.Antiforgery;

namespace AriDialer.Web.Features.Security;

internal static class AntiforgeryFilter
{
    /// <summary>For endpoints without a form: the page's token must come in the header <c>RequestVerificationToken</c>.</summary>
    public static TBuilder RequireAntiforgery<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(async (context, next) =>
        {
            var antiforgery = context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>();
            return await antiforgery.IsRequestValidAsync(context.HttpContext)
                ? await next(context)
                : Results.Problem("This page is out of date. Reload it and try again.", statusCode: StatusCodes.Status400BadRequest);
        });
}
