using AriDialer.Web.Features.Security;

namespace AriDialer.Web.Features.Voicemail;

internal static class VoicemailFeature
{
    public static IServiceCollection AddVoicemail(this IServiceCollection services)
    {
        services.AddOptions<VoicemailOptions>().BindConfiguration("Voicemail").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Greetings>();
        services.AddSingleton<VoicemailFiles>();
        services.AddSingleton<VoicemailNews>();
        services.AddSingleton<Mailbox>();
        services.AddSingleton<MailboxRoom>();
        services.AddSingleton<MessagePickup>();
        services.AddSingleton<PersonalGreeting>();
        services.AddHostedService<VoicemailCollector>();
        return services;
    }

    public static void MapVoicemail(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapVoicemailSound();
        endpoints.MapPageHub<VoicemailHub>("/hubs/voicemail");
    }
}
