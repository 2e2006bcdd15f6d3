namespace AriDialer.Web.Features.Voicemail;

internal static class VoicemailFeature
{
    public static IServiceCollection AddVoicemail(this IServiceCollection services)
    {
        services.AddOptions<VoicemailOptions>().BindConfiguration("Voicemail").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Greetings>();
        return services;
    }
}
