using AriDialer.Web.Features.Account;

namespace AriDialer.Web.Features.Phones;

internal static class PhonesFeature
{
    public static IServiceCollection AddPhones(this IServiceCollection services)
    {
        services.AddOptions<PhoneOptions>().BindConfiguration("Phone").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PhonePushes>();
        services.AddSingleton<PhoneRows>();
        services.AddSingleton<PhoneSessions>();
        services.AddSingleton<DeskPhones>();
        services.AddSingleton<SipSocket>();
        services.AddHostedService<PhoneUpkeep>();
        services.AddHostedService<TrunkUpkeep>();
        return services;
    }

    public static void MapPhones(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPhoneSessions();
        endpoints.MapGet("/phone/ws", (HttpContext context, SipSocket socket) => socket.ConnectAsync(context, context.User))
            .RequireAuthorization(Policies.Agent);
    }
}
