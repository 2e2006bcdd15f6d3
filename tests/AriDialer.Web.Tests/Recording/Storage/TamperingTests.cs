using AriDialer.Web.Features.Recording.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.Recording.Storage;

/// <summary>A recording that isn't what was stored is never played.</summary>
public sealed class TamperingTests : IAsyncLifetime
{
    private const int Chunk = RecordingSeal.ChunkSize;
    private const int Sealed = RecordingSeal.SealedChunkSize;

    private readonly StorageRig _rig = StorageRig.InFolder();
    private byte[] _stored = [];
    private string _key = "";

    public async ValueTask InitializeAsync()
    {
        _key = await StoreAsync("a", StoreAccess.Sound(3 * Chunk + 500));
        _stored = (await _rig.Store.ReadAsync("a.sealed"))!;
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(Chunk)]
    [InlineData(2 * Sealed + 77)]
    [InlineData(3 * Sealed + 500)]
    public async Task FlippedByte_IsRefused_AndWhatIsWholeIsNot(int place)
    {
        _stored[place] ^= 1;
        await _rig.Store.PutAsync("a.sealed", _stored);
        await using var opened = (await _rig.Vault.OpenAsync("a", _key, CancellationToken.None))!;
        await Assert.ThrowsAsync<UnreadableRecordingException>(() => opened.ReadAllAsync());
        opened.Position = place < Sealed ? Chunk : 0;
        await opened.ReadExactlyAsync(new byte[Chunk]);
    }

    [Fact]
    public Task CutOff_IsRefused() => IsRefusedAsync(_stored[..^1]);

    [Fact]
    public Task CutOffBetweenChunks_IsRefused() => IsRefusedAsync(_stored[..(2 * Sealed)]);

    [Fact]
    public Task Longer_IsRefused() => IsRefusedAsync([.. _stored, 0]);

    [Fact]
    public Task Empty_IsRefused() => IsRefusedAsync([]);

    [Fact]
    public Task ExchangedChunks_AreRefused() =>
        IsRefusedAsync([.. _stored[Sealed..(2 * Sealed)], .. _stored[..Sealed], .. _stored[(2 * Sealed)..]]);

    [Fact]
    public async Task AnotherRecordingsFile_IsRefused()
    {
        await StoreAsync("b", StoreAccess.Sound(3 * Chunk + 500));
        await IsRefusedAsync((await _rig.Store.ReadAsync("b.sealed"))!);
    }

    [Fact]
    public async Task AnotherRecordingsFile_WithItsKey_IsRefused()
    {
        // Whoever can write both the files and the rows still cannot pass one recording off as another.
        var other = await StoreAsync("b", StoreAccess.Sound(3 * Chunk + 500));
        await _rig.Store.PutAsync("a.sealed", (await _rig.Store.ReadAsync("b.sealed"))!);
        await Assert.ThrowsAsync<UnreadableRecordingException>(() => ReadAsync("a", other));
    }

    [Fact]
    public async Task EarlierKey_IsRefused()
    {
        await StoreAsync("a", StoreAccess.Sound(3 * Chunk + 500));
        await Assert.ThrowsAsync<UnreadableRecordingException>(() => ReadAsync("a", _key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("bm90LWEta2V5")]
    public async Task NoKey_IsRefused(string key) =>
        await Assert.ThrowsAsync<UnreadableRecordingException>(() => _rig.Vault.OpenAsync("a", key, CancellationToken.None));

    [Fact]
    public async Task LostKeyRing_IsExplained()
    {
        // The same files and rows, restored without the folder of the keys.
        Directory.Delete(Path.Combine(_rig.Data, "keys"), recursive: true);
        await using var services = StorageRig.ServicesOf(new() { ["Data:Directory"] = _rig.Data }, _rig.Time);
        var failure = await Assert.ThrowsAsync<UnreadableRecordingException>(
            () => services.GetRequiredService<RecordingVault>().OpenAsync("a", _key, CancellationToken.None));
        Assert.Contains("keys in the data directory", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_WithTheKeyRing_OpensIt()
    {
        await using var services = StorageRig.ServicesOf(new() { ["Data:Directory"] = _rig.Data }, _rig.Time);
        await using var opened = await services.GetRequiredService<RecordingVault>().OpenAsync("a", _key, CancellationToken.None);
        Assert.Equal(StoreAccess.Sound(3 * Chunk + 500), await opened!.ReadAllAsync());
    }

    [Fact]
    public void Chunk_OpensOnlyAsWhatItWas()
    {
        var key = new byte[RecordingSeal.KeySize];
        using var seal = new RecordingSeal(key, "a");
        using var ofAnother = new RecordingSeal(key, "b");
        var chunk = new byte[16 + 3];
        seal.Seal(5, isLast: false, [1, 2, 3], chunk);
        var plain = new byte[3];
        Assert.Equal(3, seal.Open(5, isLast: false, chunk, plain));
        Assert.Equal([1, 2, 3], plain);
        Assert.ThrowsAny<Exception>(() => seal.Open(6, isLast: false, chunk, plain));
        Assert.ThrowsAny<Exception>(() => seal.Open(5, isLast: true, chunk, plain));
        Assert.ThrowsAny<Exception>(() => ofAnother.Open(5, isLast: false, chunk, plain));
    }

    private async Task IsRefusedAsync(byte[] stored)
    {
        await _rig.Store.PutAsync("a.sealed", stored);
        await Assert.ThrowsAsync<UnreadableRecordingException>(() => ReadAsync("a", _key));
    }

    private async Task<byte[]> ReadAsync(string id, string key)
    {
        await using var opened = (await _rig.Vault.OpenAsync(id, key, CancellationToken.None))!;
        return await opened.ReadAllAsync();
    }

    private Task<string> StoreAsync(string id, byte[] sound) => _rig.Vault.StoreAsync(id, new MemoryStream(sound), CancellationToken.None);
}
