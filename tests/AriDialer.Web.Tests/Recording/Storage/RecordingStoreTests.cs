using AriDialer.Web.Features.Recording.Storage;

namespace AriDialer.Web.Tests.Recording.Storage;

/// <summary>What every recording store does.</summary>
public abstract class RecordingStoreTests : IAsyncLifetime
{
    private protected StorageRig Rig { get; private set; } = null!;

    private protected IRecordingStore Store => Rig.Store;

    public async ValueTask InitializeAsync() => Rig = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Rig.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task Put_ThenRead_GivesTheSame(int length)
    {
        var content = StoreAccess.Sound(length);
        await Store.PutAsync("call-1.leg1", content);
        Assert.Equal(content, await Store.ReadAsync("call-1.leg1"));
        Assert.Equal(length, await Store.LengthAsync("call-1.leg1", CancellationToken.None));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(7, 1)]
    [InlineData(90, 10)]
    [InlineData(95, 50)]
    [InlineData(100, 1)]
    [InlineData(150, 10)]
    public async Task Open_OfAPart_GivesWhatThereIsOfIt(int offset, int length)
    {
        var content = StoreAccess.Sound(100);
        await Store.PutAsync("a", content);
        Assert.Equal(content.Skip(offset).Take(length), await Store.ReadAsync("a", offset, length));
    }

    [Fact]
    public async Task Put_Again_Replaces()
    {
        await Store.PutAsync("a", StoreAccess.Sound(2_000));
        await Store.PutAsync("a", [1, 2, 3]);
        Assert.Equal([1, 2, 3], await Store.ReadAsync("a"));
        Assert.Equal(["a"], await Store.KeysAsync());
    }

    [Fact]
    public async Task Delete_LeavesNothing_AndMayBeRepeated()
    {
        await Store.DeleteAsync("a", CancellationToken.None);
        await Store.PutAsync("a", [1]);
        await Store.DeleteAsync("a", CancellationToken.None);
        await Store.DeleteAsync("a", CancellationToken.None);
        Assert.Null(await Store.ReadAsync("a"));
        Assert.Null(await Store.LengthAsync("a", CancellationToken.None));
        Assert.Empty(await Store.KeysAsync());
    }

    [Fact]
    public async Task List_GivesAllOfMany_WithTheirTimes()
    {
        Assert.Empty(await Store.KeysAsync());
        var keys = Enumerable.Range(0, 8).Select(i => $"call-{i}").ToArray();
        foreach (var key in keys)
        {
            await Store.PutAsync(key, [1]);
        }

        Assert.Equal(keys, await Store.KeysAsync());
        var now = TimeProvider.System.GetUtcNow();
        Assert.All(
            await Store.ListAsync(CancellationToken.None).ToArrayAsync(),
            file => Assert.InRange(file.WrittenAt, now.AddMinutes(-1), now.AddMinutes(1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Put_ThatFails_LeavesWhatWasThere(bool wasThere)
    {
        if (wasThere)
            await Store.PutAsync("a", [1]);
        await Assert.ThrowsAsync<IOException>(() => Store.PutAsync("a", new MadeUpSound(200_000, failsAtEnd: true), CancellationToken.None));
        Assert.Equal(wasThere ? [1] : null, await Store.ReadAsync("a"));
        Assert.Equal(wasThere ? ["a"] : [], await Store.KeysAsync());
        Assert.Equal(wasThere && Rig.S3 is null ? 1 : 0, Directory.EnumerateFileSystemEntries(Rig.Folder).Count());
    }

    [Fact]
    public async Task Put_ThatIsCancelled_LeavesNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.PutAsync("a", new MadeUpSound(200_000), cancelled.Token));
        Assert.Empty(await Store.KeysAsync());
    }

    [Fact]
    public async Task Put_OfOneKeyByMany_LeavesTheWholeOfOne()
    {
        await Task.WhenAll(Enumerable.Range(1, 4).Select(i => Store.PutAsync("a", [.. Enumerable.Repeat((byte)i, 100_000)])));
        var content = (await Store.ReadAsync("a"))!;
        Assert.Equal(100_000, content.Length);
        Assert.Single(content.Distinct());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../a")]
    [InlineData("a/b")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\b")]
    [InlineData(".hidden")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("a%2e")]
    [InlineData("a?b")]
    [InlineData("ä")]
    public async Task HostileKey_IsRefused(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync(key, [1]));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ReadAsync(key));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.LengthAsync(key, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(key, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync(new string('a', 241), [1]));
        Assert.Empty(await Store.KeysAsync());
    }

    private protected abstract Task<StorageRig> StartAsync();
}
