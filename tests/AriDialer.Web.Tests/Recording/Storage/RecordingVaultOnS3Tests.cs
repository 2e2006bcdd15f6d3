using AriDialer.Web.Features.Recording.Storage;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Recording.Storage;

public sealed class RecordingVaultOnS3Tests : RecordingVaultTests
{
    private const int Window = 16 * RecordingSeal.SealedChunkSize;

    [Fact]
    public async Task ReadingOn_AsksForMuchAtOnce_AndForNothingTwice()
    {
        var key = await StoreAsync("a", StoreAccess.Sound(35 * RecordingSeal.ChunkSize));
        Rig.S3!.Requests.Clear();
        await using var opened = await OpenAsync("a", key);
        await opened.ReadAllAsync();
        Assert.Equal(
            [
                "HEAD",
                $"GET bytes=0-{Window - 1}",
                $"GET bytes={Window}-{2 * Window - 1}",
                $"GET bytes={2 * Window}-{35 * RecordingSeal.SealedChunkSize - 1}",
            ],
            Rig.S3.Requests);
    }

    [Fact]
    public async Task Jumping_WithinTheChunkThatIsThere_AsksForNothing()
    {
        await using var opened = await OpenAsync("a", await StoreAsync("a", StoreAccess.Sound(200_000)));
        await opened.ReadExactlyAsync(new byte[1_000]);
        Rig.S3!.Requests.Clear();
        opened.Position = 0;
        await opened.ReadExactlyAsync(new byte[RecordingSeal.ChunkSize]);
        Assert.Empty(Rig.S3.Requests);
    }

    [Fact]
    public async Task DownloadThatBreaksOff_GoesOnWhereItWas()
    {
        var sound = StoreAccess.Sound(10 * RecordingSeal.ChunkSize);
        var key = await StoreAsync("a", sound);
        Rig.S3!.CutOff(1);
        await using var opened = await OpenAsync("a", key);
        Assert.Equal(sound, await opened.ReadAllAsync());
    }

    [Fact]
    public async Task DownloadThatBreaksOffEachTime_IsAnErrorOfTheStore_NotOfTheRecording()
    {
        var key = await StoreAsync("a", StoreAccess.Sound(10 * RecordingSeal.ChunkSize));
        Rig.S3!.CutOff(int.MaxValue);
        await using var opened = await OpenAsync("a", key);
        await Assert.ThrowsAnyAsync<IOException>(() => opened.ReadAllAsync());
        Rig.S3.CutOff(0);
        opened.Position = 0;
        Assert.Equal(10 * RecordingSeal.ChunkSize, (await opened.ReadAllAsync()).Length);
    }

    [Fact]
    public async Task DownloadThatStops_IsNotWaitedForLong()
    {
        await using var opened = await OpenAsync("a", await StoreAsync("a", StoreAccess.Sound(4 * RecordingSeal.ChunkSize)));
        Rig.S3!.StopInTheMiddle();
        await opened.ReadExactlyAsync(new byte[2 * RecordingSeal.ChunkSize - 100]);
        opened.Position = 3 * RecordingSeal.ChunkSize - 1;
        var read = opened.ReadAllAsync();
        await Some.Eventually(
            () =>
            {
                Rig.Time.Advance(TimeSpan.FromSeconds(31));
                return Task.FromResult(read.IsCompleted);
            },
            "reading is given up");
        await Assert.ThrowsAsync<RecordingStoreException>(() => read);
    }

    private protected override async Task<StorageRig> StartAsync() => await StorageRig.OnS3Async();
}
