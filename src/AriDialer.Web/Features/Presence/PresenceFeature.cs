using AriDialer.Web.Features.Account;

namespace AriDialer.Web.Features.Presence;

internal static class PresenceFeature
{
    public static IServiceCollection AddPresence(this IServiceCollection services)
    {
        services.AddSingleton<KnownPeople>();
        services.AddSingleton<PresenceBoard>();
        services.AddHostedService(provider => provider.GetRequiredService<PresenceBoard>());
        services.AddSingleton<PresenceDesk>();
        return services;
    }

    public static void MapPresence(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapHub<PeopleHub>("/hubs/people", connection => connection.CloseOnAuthenticationExpiration = true)
            .RequireAuthorization(Policies.Agent);
}
