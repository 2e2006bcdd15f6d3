using AriDialer.Web.Features.Recording.Storage;
using Microsoft.AspNetCore.Http;

namespace AriDialer.Web.Tests.Recording.Storage;

/// <summary>What the vault does, whatever the store.</summary>
public abstract class RecordingVaultTests : IAsyncLifetime
{
    private const int Chunk = RecordingSeal.ChunkSize;

    private protected StorageRig Rig { get; private set; } = null!;

    private protected RecordingVault Vault => Rig.Vault;

    public async ValueTask InitializeAsync() => Rig = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Rig.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(3 * Chunk)]
    [InlineData(40 * Chunk + 12_345)]
    public async Task Store_ThenOpen_GivesTheSame(int length)
    {
        var sound = StoreAccess.Sound(length);
        var key = await StoreAsync("call-1.leg1", sound);
        await using var opened = await OpenAsync("call-1.leg1", key);
        Assert.Equal(length, opened.Length);
        Assert.Equal(sound, await opened.ReadAllAsync());
    }

    [Fact]
    public async Task Seeking_ToAndFro_GivesWhatStandsThere()
    {
        var sound = StoreAccess.Sound(20 * Chunk + 999);
        await using var opened = await OpenAsync("a", await StoreAsync("a", sound));
        var random = new Random(7);
        for (var i = 0; i < 100; i++)
        {
            var position = random.Next(sound.Length + 10);
            var expected = sound.Skip(position).Take(random.Next(1, 3 * Chunk)).ToArray();
            opened.Position = position;
            var read = new byte[expected.Length];
            await opened.ReadExactlyAsync(read);
            Assert.Equal(expected, read);
        }

        Assert.Equal(sound.Length - 5, opened.Seek(-5, SeekOrigin.End));
        Assert.Equal(sound.Length - 3, opened.Seek(2, SeekOrigin.Current));
        Assert.Equal(sound[^3..], await opened.ReadAllAsync());
        Assert.Throws<IOException>(() => opened.Seek(-1, SeekOrigin.Begin));
    }

    [Theory]
    [InlineData("bytes=0-1", 0, 2)]
    [InlineData("bytes=100000-300000", 100_000, 200_001)]
    [InlineData("bytes=-70000", 430_000, 70_000)]
    [InlineData("bytes=499999-", 499_999, 1)]
    public async Task HttpRange_IsServed(string range, int offset, int length)
    {
        var sound = StoreAccess.Sound(500_000);
        var opened = await OpenAsync("a", await StoreAsync("a", sound));
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = Rig.Services };
        context.Request.Method = "GET";
        context.Request.Headers.Range = range;
        context.Response.Body = body;
        await TypedResults.Stream(opened, "audio/wav", enableRangeProcessing: true).ExecuteAsync(context);
        Assert.Equal(206, context.Response.StatusCode);
        Assert.Equal(sound.Skip(offset).Take(length), body.ToArray());
    }

    [Fact]
    public async Task StoredBytes_TellNothing()
    {
        var sound = new byte[3 * Chunk + 100];
        Array.Fill(sound, (byte)'x');
        var key = await StoreAsync("a", sound);
        Assert.InRange(key.Length, 100, 200);
        var stored = (await Rig.Store.ReadAsync("a.sealed"))!;
        Assert.Equal(-1, stored.AsSpan().IndexOf("xxxx"u8));
        // What is the same twice looks different each time: in another chunk, and in another recording.
        Assert.NotEqual(stored[..Chunk], stored[RecordingSeal.SealedChunkSize..][..Chunk]);
        Assert.NotEqual(key, await StoreAsync("a", sound));
        Assert.NotEqual(stored[..Chunk], (await Rig.Store.ReadAsync("a.sealed"))![..Chunk]);
    }

    [Fact]
    public async Task Store_ThatFails_LeavesNothing()
    {
        await Assert.ThrowsAsync<IOException>(() => Vault.StoreAsync("a", new MadeUpSound(200_000, failsAtEnd: true), CancellationToken.None));
        Assert.Empty(await Rig.Store.KeysAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Rig.Folder));
    }

    [Fact]
    public async Task Delete_ThenOpen_IsNothing()
    {
        var key = await StoreAsync("a", [1, 2]);
        await Vault.DeleteAsync("a", CancellationToken.None);
        await Vault.DeleteAsync("a", CancellationToken.None);
        Assert.Null(await Vault.OpenAsync("a", key, CancellationToken.None));
        Assert.Empty(await Rig.Store.KeysAsync());
    }

    [Fact]
    public async Task DeleteAllBut_DeletesOldStrays_AndNothingElse()
    {
        foreach (var id in new[] { "kept", "stray", "stray.leg1" })
        {
            await StoreAsync(id, [1]);
        }

        foreach (var other in new[] { "stray.sealed.abcdefgh.part", "letter.part", "letter.doc", "sealed" })
        {
            await Rig.Store.PutAsync(other, [1]);
        }

        var all = await Rig.Store.KeysAsync();
        Rig.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, await Vault.DeleteAllButAsync(new HashSet<string> { "kept" }, CancellationToken.None));
        Assert.Equal(all, await Rig.Store.KeysAsync());

        Rig.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(3, await Vault.DeleteAllButAsync(new HashSet<string> { "kept" }, CancellationToken.None));
        Assert.Equal(["kept.sealed", "letter.doc", "letter.part", "sealed"], await Rig.Store.KeysAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("../a")]
    [InlineData("a/b")]
    public async Task HostileId_IsRefused(string id)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => StoreAsync(id, [1]));
        await Assert.ThrowsAsync<ArgumentException>(() => StoreAsync(new string('a', 201), [1]));
        await Assert.ThrowsAsync<ArgumentException>(() => Vault.OpenAsync(id, "", CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => Vault.DeleteAsync(id, CancellationToken.None));
        await StoreAsync(new string('a', 200), [1]);
    }

    private protected Task<string> StoreAsync(string id, byte[] sound) => Vault.StoreAsync(id, new MemoryStream(sound), CancellationToken.None);

    private protected async Task<Stream> OpenAsync(string id, string key)
    {
        var opened = await Vault.OpenAsync(id, key, CancellationToken.None);
        Assert.NotNull(opened);
        return opened;
    }

    private protected abstract Task<StorageRig> StartAsync();
}

public sealed class RecordingVaultInFolderTests : RecordingVaultTests
{
    private protected override Task<StorageRig> StartAsync() => Task.FromResult(StorageRig.InFolder());
}
