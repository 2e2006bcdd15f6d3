using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Storage;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Recording.Storage.FakeS3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Web.Tests.Recording.Storage;

/// <summary>The storage of recordings, registered as the app does it: in a folder, or on an S3-compatible server.</summary>
internal sealed class StorageRig : IAsyncDisposable
{
    public const string Prefix = "some/recordings/";

    private readonly TempFolder _data = new();
    private readonly ServiceProvider _services;

    private StorageRig(FakeS3Server? s3, Dictionary<string, string?> settings)
    {
        S3 = s3;
        settings["Data:Directory"] = _data.Path;
        _services = ServicesOf(settings, Time);
    }

    public FakeS3Server? S3 { get; }

    // Files get their times from the system.
    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public IRecordingStore Store => _services.GetRequiredService<IRecordingStore>();

    public RecordingVault Vault => _services.GetRequiredService<RecordingVault>();

    public IServiceProvider Services => _services;

    public string Data => _data.Path;

    public string Folder => Path.Combine(_data.Path, "recordings");

    public static StorageRig InFolder() => new(null, []);

    public static async Task<StorageRig> OnS3Async()
    {
        var s3 = await FakeS3Server.StartAsync();
        return new StorageRig(s3, S3Settings(s3.Url));
    }

    public static Dictionary<string, string?> S3Settings(string url) => new()
    {
        ["Recording:S3:Endpoint"] = url,
        ["Recording:S3:Bucket"] = FakeS3Server.Bucket,
        ["Recording:S3:AccessKey"] = FakeS3Server.AccessKey,
        ["Recording:S3:SecretKey"] = FakeS3Server.SecretKey,
        ["Recording:S3:Prefix"] = Prefix.TrimEnd('/'),
    };

    public static ServiceProvider ServicesOf(Dictionary<string, string?> settings, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton(time);
        services.AddLogging();
        services.AddData();
        services.AddRecordingStorage();
        return services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (S3 is not null)
            await S3.DisposeAsync();
        _data.Dispose();
    }
}
