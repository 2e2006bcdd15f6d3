using AriDialer.Web.Features.Live;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.Hosting;

/// <summary>A page's connection to a hub, of whoever is signed in there.</summary>
internal static class HubConnections
{
    public static HubConnection NewHub(this TestApp app, Browser browser, string path = "/hubs/calls") => new HubConnectionBuilder()
        .WithUrl(new Uri(browser.Client.BaseAddress!, path), options =>
        {
            options.HttpMessageHandlerFactory = _ => app.NewHandler();
            options.Transports = HttpTransportType.LongPolling;
            if (browser.CookieHeader is { Length: > 0 } cookies)
                options.Headers["Cookie"] = cookies;
        })
        .AddJsonProtocol(json => LiveFeature.Json(json.PayloadSerializerOptions))
        .Build();
}
