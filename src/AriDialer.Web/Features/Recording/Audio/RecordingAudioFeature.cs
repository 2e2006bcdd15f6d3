namespace AriDialer.Web.Features.Recording.Audio;

internal static class RecordingAudioFeature
{
    public static IServiceCollection AddRecordingAudio(this IServiceCollection services)
    {
        services.AddOptions<RecordingAudioOptions>().BindConfiguration("RecordingAudio").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Ffmpeg>();
        services.AddSingleton<RecordingJoiner>();
        return services;
    }
}
