using System.Text.Json;
using System.Text.Json.Serialization;
using AriDialer.Web.Features.Security;

namespace AriDialer.Web.Features.Live;

internal static class LiveFeature
{
    /// <summary>The longest text that a page has to send is a number field's.</summary>
    private const int LongestMessage = 8 * 1024;

    /// <summary>A page that hears nothing for twice this long connects anew.</summary>
    private static readonly TimeSpan SaysSomething = TimeSpan.FromSeconds(5);

    /// <summary>Browsers let the timers of a page that nobody sees run once a minute only: it is not gone for that.</summary>
    private static readonly TimeSpan MaySleep = TimeSpan.FromMinutes(3);

    /// <summary>Whether a browser is there at all, it answers by itself, also for a page that sleeps.</summary>
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveBoard>();
        services.AddSingleton<CallControls>();
        services.AddSingleton<LiveReading>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveBoard>());
        services.Configure<WebSocketOptions>(sockets => (sockets.KeepAliveInterval, sockets.KeepAliveTimeout) = (Ping, Ping));
        services.AddSignalR(hub =>
            {
                hub.MaximumReceiveMessageSize = LongestMessage;
                hub.MaximumParallelInvocationsPerClient = 4;
                hub.KeepAliveInterval = SaysSomething;
                hub.ClientTimeoutInterval = MaySleep;
            })
            .AddJsonProtocol(json => Json(json.PayloadSerializerOptions));
        return services;
    }

    public static void MapLive(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPageHub<CallsHub>("/hubs/calls");

    /// <summary>How messages for pages are written: camelCase, and the words of enums with hyphens.</summary>
    public static void Json(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }
}
