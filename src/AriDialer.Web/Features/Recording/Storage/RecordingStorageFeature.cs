using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>Registers the storage of recordings: object storage where a bucket is named, a folder otherwise.</summary>
internal static class RecordingStorageFeature
{
    public static IServiceCollection AddRecordingStorage(this IServiceCollection services)
    {
        services.AddOptions<RecordingFolderOptions>().BindConfiguration("Recording").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<S3Options>().BindConfiguration("Recording:S3").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RecordingFolder>();
        services.AddSingleton<RecordingKeys>();
        services.AddSingleton<RecordingVault>();
        services.AddSingleton<IRecordingStore>(provider => provider.GetRequiredService<IOptions<S3Options>>().Value.IsUsed
            ? ActivatorUtilities.CreateInstance<S3RecordingStore>(provider)
            : ActivatorUtilities.CreateInstance<FolderRecordingStore>(provider));
        return services;
    }
}
