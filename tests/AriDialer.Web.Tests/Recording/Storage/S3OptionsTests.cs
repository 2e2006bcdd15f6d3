using AriDialer.Web.Features.Recording.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Tests.Recording.Storage;

public sealed class S3OptionsTests
{
    [Theory]
    [InlineData("Region=eu-central-1", "Recording:S3:Bucket must name the bucket")]
    [InlineData("Bucket=calls", "Recording:S3:Region must name")]
    [InlineData("Bucket=calls;Region=r;AccessKey=a", "go together")]
    [InlineData("Bucket=calls;Endpoint=http://minio", "must be those of the server")]
    [InlineData("Bucket=calls;Endpoint=minio:9000;AccessKey=a;SecretKey=s", "must be an address")]
    [InlineData("Bucket=calls;Endpoint=http://minio/calls;AccessKey=a;SecretKey=s", "without the bucket")]
    [InlineData("Bucket=s3://calls;Region=r", "must be the name of a bucket")]
    [InlineData("Bucket=calls;Region=r;Prefix=../other", "must be folders")]
    [InlineData("Bucket=calls;Region=r;Prefix=/a", "must be folders")]
    public void WrongSettings_AreExplained(string settings, string explanation)
    {
        using var services = With(settings);
        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains(explanation, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", typeof(FolderRecordingStore))]
    [InlineData("Bucket=calls;Region=eu-central-1", typeof(S3RecordingStore))]
    [InlineData("Bucket=calls;Region=eu-central-1;AccessKey=a;SecretKey=s;Prefix=a/b-c/", typeof(S3RecordingStore))]
    [InlineData("Bucket=calls;Endpoint=https://minio.example.com:9000;AccessKey=a;SecretKey=s", typeof(S3RecordingStore))]
    public async Task Settings_SayWhichStoreIsUsed(string settings, Type store)
    {
        await using var services = With(settings);
        services.GetRequiredService<IStartupValidator>().Validate();
        Assert.IsType(store, services.GetRequiredService<IRecordingStore>());
    }

    private static ServiceProvider With(string settings) => StorageRig.ServicesOf(
        settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=', 2))
            .ToDictionary(setting => $"Recording:S3:{setting[0]}", string? (setting) => setting[1]),
        TimeProvider.System);
}
