using AriDialer.Web.Features.Security;

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
        endpoints.MapPageHub<PeopleHub>("/hubs/people");
}
