using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace AriDialer.Web.Features.Security;

internal static class SecurityFeature
{
    /// <summary>No form or message of ours is anywhere near this long.</summary>
    private const long LongestRequest = 1024 * 1024;

    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestRequest;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        // A reverse proxy on this machine may say what the browser used; nobody else is believed.
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            forwarded.KnownProxies.Add(IPAddress.Loopback);
            forwarded.KnownProxies.Add(IPAddress.IPv6Loopback);
        });
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(180));
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "aridialer.form";
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddOptions<PageOptions>().BindConfiguration("Pages").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OpenConnections>();
        services.AddSingleton<PersonPaces>();
        services.AddSingleton<Hearings>();

        // What is asked for when the application is told to end has this long to be answered.
        services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        services.AddProblemDetails(ForScripts.Configure);
        return services;
    }

    public static void UseSecurity(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseWhen(ForScripts.IsFor, scripts => scripts.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(
            context => !ForScripts.IsFor(context),
            pages => pages.UseExceptionHandler("/error").UseStatusCodePagesWithReExecute("/error/{0}"));
        app.UseHsts();
        app.UseSameOrigin("/hubs");
    }
}
