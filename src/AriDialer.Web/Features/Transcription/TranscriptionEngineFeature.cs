using AriDialer.Web.Features.Transcription.Engines;
using AriDialer.Web.Features.Transcription.PocketSphinx;
using AriDialer.Web.Features.Transcription.Servers;

namespace AriDialer.Web.Features.Transcription;

/// <summary>Registers what makes words of sound, and of recordings. It stands on the recordings' storage and audio.</summary>
internal static class TranscriptionEngineFeature
{
    public static IServiceCollection AddTranscriptionEngine(this IServiceCollection services)
    {
        services.AddOptions<TranscriptionEngineOptions>().BindConfiguration("Transcription").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ModelServerOptions>().BindConfiguration("Transcription:Servers").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PocketSphinxInstallation>();
        services.AddSingleton<DecoderPool>();
        services.AddSingleton<LiveDecoders>();
        services.AddSingleton<PocketSphinxTranscriber>();
        services.AddSingleton<ITranscriber>(provider => provider.GetRequiredService<PocketSphinxTranscriber>());
        services.AddSingleton<EngineSettings>();
        services.AddHostedService(provider => provider.GetRequiredService<EngineSettings>());
        services.AddSingleton<EngineDesk>();
        services.AddSingleton<SpeechSample>();
        services.AddSingleton<ServerTrial>();
        services.AddSingleton<ModelTransport>();
        services.AddSingleton<ChatModels>();
        foreach (var kind in ServerKind.All)
        {
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ServerTranscriber>(provider, kind));
            services.AddSingleton<ITranscriber>(provider => provider.GetServices<ServerTranscriber>().Single(one => one.Id == kind.Id));
        }

        services.AddSingleton<TranscriptionEngines>();
        services.AddSingleton<RecordingTranscriber>();
        services.AddSingleton<ReadEngineState>(provider =>
        {
            var engines = provider.GetRequiredService<TranscriptionEngines>();
            return farNumber =>
            {
                var choice = engines.For(farNumber);
                return choice.Engine.State with { Language = choice.Language };
            };
        });
        services.AddSingleton<TranscribeRecording>(provider =>
        {
            var transcriber = provider.GetRequiredService<RecordingTranscriber>();
            var engines = provider.GetRequiredService<TranscriptionEngines>();
            return async (recording, farNumber, only, cancellationToken) =>
            {
                var choice = engines.For(farNumber);
                var said = await transcriber.TranscribeAsync(recording.Id, recording.SealedKey!, recording.ContentType!, choice, only, cancellationToken)
                    ?? throw new IOException("The recording's file is gone.");
                return new RecordingWords(choice.Engine.State.Name, choice.Language, said);
            };
        });
        return services;
    }
}
