namespace AriDialer.Web.Features.Demo;

internal static class DemoFeature
{
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddOptions<DemoOptions>().BindConfiguration("Demo");
        services.AddSingleton<DemoCalls>();
        services.AddHostedService<DemoPeople>();
        return services;
    }
}
