namespace AriDialer.Web.Features.Teams;

internal static class TeamsFeature
{
    public static IServiceCollection AddTeams(this IServiceCollection services)
    {
        services.AddSingleton<TeamReader>();
        services.AddSingleton<TeamText>();
        services.AddSingleton<TeamDesk>();
        return services;
    }
}
