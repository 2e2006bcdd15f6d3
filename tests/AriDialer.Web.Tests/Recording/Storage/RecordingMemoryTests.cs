namespace AriDialer.Web.Tests.Recording.Storage;

/// <summary>What is counted in the whole process is counted while nothing else runs.</summary>
[CollectionDefinition(nameof(RecordingMemoryTests), DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>However long a recording is, storing and reading it take the same memory.</summary>
[Collection(nameof(RecordingMemoryTests))]
public sealed class RecordingMemoryTests
{
    private const long Length = 200_000_000;

    // All that is ever allocated in the process, not only what is held at once.
    private const long Allowed = Length / 5;

    [Fact]
    public async Task LargeRecording_InAFolder_TakesLittleMemory()
    {
        await using var rig = StorageRig.InFolder();
        await StoreAndReadAsync(rig);
    }

    [Fact]
    public async Task LargeRecording_OnS3_TakesLittleMemory()
    {
        // The server's own are counted, too.
        await using var rig = await StorageRig.OnS3Async();
        await StoreAndReadAsync(rig);
    }

    private static async Task StoreAndReadAsync(StorageRig rig)
    {
        await rig.Vault.StoreAsync("first", new MadeUpSound(1_000_000), CancellationToken.None);
        var before = GC.GetTotalAllocatedBytes();
        var key = await rig.Vault.StoreAsync("large", new MadeUpSound(Length), CancellationToken.None);
        var stored = GC.GetTotalAllocatedBytes();
        Assert.InRange(stored - before, 0, Allowed);

        await using var opened = (await rig.Vault.OpenAsync("large", key, CancellationToken.None))!;
        Assert.Equal(Length, opened.Length);
        var buffer = new byte[81_920];
        var position = 0L;
        for (int read; (read = await opened.ReadAsync(buffer)) > 0; position += read)
        {
            Assert.True(MadeUpSound.At(position) == buffer[0] && MadeUpSound.At(position + read - 1) == buffer[read - 1]);
        }

        Assert.Equal(Length, position);
        Assert.InRange(GC.GetTotalAllocatedBytes() - stored, 0, Allowed);
    }
}
