using AriDialer.Web.Features.Transcription.PocketSphinx;

namespace AriDialer.Web.Features.Transcription;

/// <summary>Registers what makes words of recordings. It stands on the recordings' storage and audio.</summary>
internal static class TranscriptionEngineFeature
{
    public static IServiceCollection AddTranscriptionEngine(this IServiceCollection services)
    {
        services.AddOptions<TranscriptionEngineOptions>().BindConfiguration("Transcription").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PocketSphinxInstallation>();
        services.AddSingleton<DecoderPool>();
        services.AddSingleton<PocketSphinxTranscriber>();
        services.AddSingleton<RecordingTranscriber>();
        return services;
    }
}
