using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Recording.Retention;
using AriDialer.Web.Features.Recording.Rules;
using AriDialer.Web.Features.Recording.Storage;

namespace AriDialer.Web.Features.Recording;

internal static class RecordingFeature
{
    public static IServiceCollection AddRecording(this IServiceCollection services)
    {
        services.AddOptions<RecordingOptions>().BindConfiguration("Recording");
        services.AddRecordingStorage();
        services.AddRecordingAudio();
        services.AddRecordingRules();
        services.AddRetention();
        services.AddSingleton<RecordingWorkshop>();
        services.AddSingleton<RecordingPickup>();
        services.AddScoped<RecordingShelf>();
        services.AddHostedService<RecordingKeeper>();
        return services;
    }

    public static void MapRecording(this IEndpointRouteBuilder endpoints) => endpoints.MapRecordingSound();
}
