using AriDialer.Calls.Routing;

namespace AriDialer.Web.Features.Dialing;

internal static class DialingFeature
{
    public static IServiceCollection AddDialing(this IServiceCollection services)
    {
        services.AddOptions<DialingOptions>().BindConfiguration("Dialing").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TrunkOptions>().BindConfiguration("Trunk").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TelephoneNumbers>();
        services.AddSingleton<Colleagues>();
        services.AddSingleton<NumberPreviews>();
        services.AddSingleton<CallRouter>();
        services.AddSingleton<CallRouting>(provider => provider.GetRequiredService<CallRouter>().RouteAsync);
        return services;
    }
}
