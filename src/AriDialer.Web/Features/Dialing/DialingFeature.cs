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
        services.AddSingleton<TeamBook>();
        services.AddSingleton<TeamPhones>();
        services.AddSingleton<NumberPreviews>();
        services.AddSingleton<DialplanPlaces>();
        services.AddSingleton<Destinations>();
        services.AddSingleton<CallRules>();
        services.AddSingleton<NetworkRoutes>();
        services.AddSingleton<PersonRoutes>();
        services.AddSingleton<CallRouter>();

        // Found when a call asks, not before: the router looks at the calls, and calls are made with their routing.
        services.AddSingleton<CallRouting>(provider => (request, cancellationToken) =>
            provider.GetRequiredService<CallRouter>().RouteAsync(request, cancellationToken));
        return services;
    }
}
