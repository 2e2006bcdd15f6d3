using System.Text.Json;
using System.Text.Json.Serialization;
using AriDialer.Web.Features.Account;

namespace AriDialer.Web.Features.Live;

internal static class LiveFeature
{
    /// <summary>The longest text that a page has to send is a number field's.</summary>
    private const int LongestMessage = 8 * 1024;

    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveBoard>();
        services.AddSingleton<CallControls>();
        services.AddSingleton<LiveReading>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveBoard>());
        services.AddSignalR(hub =>
            {
                hub.MaximumReceiveMessageSize = LongestMessage;
                hub.MaximumParallelInvocationsPerClient = 4;
            })
            .AddJsonProtocol(json => Json(json.PayloadSerializerOptions));
        return services;
    }

    public static void MapLive(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapHub<CallsHub>("/hubs/calls", connection => connection.CloseOnAuthenticationExpiration = true)
            .RequireAuthorization(Policies.Agent);

    /// <summary>How messages for pages are written: camelCase, and the words of enums with hyphens.</summary>
    public static void Json(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }
}
