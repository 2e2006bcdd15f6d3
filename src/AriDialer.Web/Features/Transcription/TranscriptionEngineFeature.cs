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
        services.AddSingleton<ReadEngineState>(provider =>
        {
            var engine = provider.GetRequiredService<PocketSphinxTranscriber>();
            return () => new EngineState("PocketSphinx", PocketSphinxTranscriber.Language, engine.IsThere, engine.Missing);
        });
        services.AddSingleton<TranscribeRecording>(provider =>
        {
            var transcriber = provider.GetRequiredService<RecordingTranscriber>();
            return async (recording, _, cancellationToken) =>
                await transcriber.TranscribeAsync(recording.Id, recording.SealedKey!, recording.ContentType!, cancellationToken)
                    ?? throw new IOException("The recording's file is gone.");
        });
        return services;
    }
}
