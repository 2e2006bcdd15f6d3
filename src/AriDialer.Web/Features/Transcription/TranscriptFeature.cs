using AriDialer.Calls.Media;
using AriDialer.Web.Features.Recording;
using AriDialer.Web.Features.Transcription.Keywords;
using AriDialer.Web.Features.Transcription.Live;
using AriDialer.Web.Features.Transcription.Summaries;

namespace AriDialer.Web.Features.Transcription;

/// <summary>
/// Transcripts: made after the call, read beside the recording, searched. The engine is two delegates, which
/// <see cref="TranscriptionEngineFeature"/> registers.
/// </summary>
internal static class TranscriptFeature
{
    public static IServiceCollection AddTranscripts(this IServiceCollection services)
    {
        services.AddOptions<TranscriptOptions>().BindConfiguration("Transcription");
        services.AddSingleton<TranscriptStore>();
        services.AddSingleton<TranscriptMaker>();
        services.AddSingleton<LiveTranscripts>();
        services.AddSingleton<HearLeg>(provider =>
        {
            var taps = provider.GetRequiredService<AudioTaps>();
            return async (callId, channelId, cancellationToken) =>
                await taps.OpenAsync(callId, channelId, cancellationToken) is { } tap ? new TappedLeg(tap) : null;
        });
        services.AddHostedService(provider =>
        {
            provider.GetRequiredService<LiveTranscripts>().Heard += provider.GetRequiredService<KeywordWatch>().Heard;
            return ActivatorUtilities.CreateInstance<LiveTranscriber>(provider);
        });
        services.AddSingleton<TranscriptionKeeper>();
        services.AddHostedService(provider =>
        {
            var keeper = provider.GetRequiredService<TranscriptionKeeper>();
            provider.GetRequiredService<RecordingPickup>().Kept += keeper.Hurry;
            return keeper;
        });
        services.AddKeywords();
        services.AddSummaries();
        services.AddScoped<TranscriptDesk>();
        services.AddScoped<TranscriptSearch>();
        return services;
    }

    public static void MapTranscripts(this IEndpointRouteBuilder endpoints) => endpoints.MapTranscriptFiles();
}
