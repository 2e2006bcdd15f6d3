namespace AriDialer.Web.Features.Profile;

internal static class ProfileFeature
{
    public static IServiceCollection AddProfile(this IServiceCollection services)
    {
        services.AddSingleton<ForwardReader>();
        return services;
    }
}
