using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AriDialer.Web.Features.Transcription;

/// <summary>
/// Transcripts: made after the call, read beside the recording, searched. The engine is two delegates, which whoever brings one registers;
/// without them there is none.
/// </summary>
internal static class TranscriptFeature
{
    public static IServiceCollection AddTranscripts(this IServiceCollection services)
    {
        services.AddOptions<TranscriptOptions>().BindConfiguration("Transcription");
        services.TryAddSingleton<ReadEngineState>(() => EngineState.None);
        services.TryAddSingleton<TranscribeRecording>((_, _) => throw new InvalidOperationException("No speech engine is registered."));
        services.AddSingleton<TranscriptStore>();
        services.AddSingleton<TranscriptMaker>();
        services.AddSingleton<TranscriptionKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<TranscriptionKeeper>());
        services.AddScoped<TranscriptDesk>();
        services.AddScoped<TranscriptSearch>();
        return services;
    }

    public static void MapTranscripts(this IEndpointRouteBuilder endpoints) => endpoints.MapTranscriptFiles();
}
