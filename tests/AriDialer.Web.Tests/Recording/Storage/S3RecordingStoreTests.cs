using AriDialer.Web.Features.Recording.Storage;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Recording.Storage.FakeS3;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.Recording.Storage;

public sealed class S3RecordingStoreTests : RecordingStoreTests
{
    private FakeS3Server S3 => Rig.S3!;

    [Fact]
    public async Task Objects_LieBelowThePrefix_AndOthersAreNotListed()
    {
        await Store.PutAsync("a", [1]);
        Assert.Equal([StorageRig.Prefix + "a"], S3.Objects.All.Select(pair => pair.Key));
        await using var others = With("Recording:S3:Prefix", "some");
        var other = others.GetRequiredService<IRecordingStore>();
        await other.PutAsync("b", [1]);
        Assert.Equal(["a"], await Store.KeysAsync());
        Assert.Equal(["b"], await other.KeysAsync());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Server_ThatFailsOnce_IsAskedAgain(int status)
    {
        S3.Fail(1, status);
        await Store.PutAsync("a", new MadeUpSound(100_000), CancellationToken.None);
        S3.Fail(1, status);
        Assert.Equal(100_000, (await Store.ReadAsync("a"))!.Length);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Server_ThatFailsOn_IsExplained_AndNothingIsLeft(int status)
    {
        S3.Fail(int.MaxValue, status);
        var failure = await Assert.ThrowsAsync<RecordingStoreException>(() => Store.PutAsync("a", [1]));
        Assert.Contains($"{S3.Url} could not do it ({status}", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RecordingStoreException>(() => Store.ReadAsync("a"));
        S3.Fail(0, 0);
        Assert.Null(await Store.ReadAsync("a"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Rig.Folder));
    }

    [Theory]
    [InlineData("Recording:S3:SecretKey", "another", "refuses us the bucket calls: correct Recording:S3:AccessKey")]
    [InlineData("Recording:S3:AccessKey", "another", "refuses us the bucket calls: correct Recording:S3:AccessKey")]
    [InlineData("Recording:S3:Bucket", "another", "The bucket another is not there")]
    [InlineData("Recording:S3:Endpoint", "http://127.0.0.1:1", "http://127.0.0.1:1 cannot be reached")]
    public async Task WrongSetting_IsExplained(string name, string value, string explanation)
    {
        await using var services = With(name, value);
        var store = services.GetRequiredService<IRecordingStore>();
        var failure = await Assert.ThrowsAsync<RecordingStoreException>(() => store.PutAsync("a", [1]));
        Assert.Contains(explanation, failure.Message, StringComparison.Ordinal);
        failure = await Assert.ThrowsAsync<RecordingStoreException>(() => store.KeysAsync());
        Assert.Contains(explanation, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_ThatFallsSilent_IsNotWaitedForLong()
    {
        S3.FallSilent();
        var asked = Store.LengthAsync("a", CancellationToken.None);
        await Some.Eventually(() => Task.FromResult(S3.Open == 1), "the server is asked");
        Rig.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Contains("did not answer in time", (await Assert.ThrowsAsync<RecordingStoreException>(() => asked)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Part_IsAskedForAsSuch_AndLetGoWhenItIsClosed()
    {
        await Store.PutAsync("a", new MadeUpSound(20_000_000), CancellationToken.None);
        S3.Requests.Clear();
        await using (var part = await Store.OpenAsync("a", 100, 15_000_000, CancellationToken.None))
        {
            await part!.ReadExactlyAsync(new byte[10]);
        }

        Assert.Equal(["GET bytes=100-15000099"], S3.Requests);
        await Some.Eventually(() => Task.FromResult(S3.Open == 0), "the server is let go");
    }

    private protected override async Task<StorageRig> StartAsync() => await StorageRig.OnS3Async();

    private ServiceProvider With(string name, string value)
    {
        var settings = StorageRig.S3Settings(S3.Url);
        settings["Data:Directory"] = Rig.Data;
        settings[name] = value;
        return StorageRig.ServicesOf(settings, Rig.Time);
    }
}
