using AriDialer.Web.Features.Recording.Storage;
using AriDialer.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.Recording.Storage;

public sealed class FolderRecordingStoreTests : RecordingStoreTests
{
    [Fact]
    public async Task Files_AreTheirOwnersOnly()
    {
        if (OperatingSystem.IsWindows())
            return;

        await Store.PutAsync("a", [1]);
        const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.Combine(Rig.Folder, "a")) & Others);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Rig.Folder) & Others);
    }

    [Fact]
    public async Task List_KeepsToWhatMayBeOurs()
    {
        await Store.PutAsync("a", [1]);
        await File.WriteAllTextAsync(Path.Combine(Rig.Folder, "read me.txt"), "");
        await File.WriteAllTextAsync(Path.Combine(Rig.Folder, ".hidden"), "");
        Directory.CreateDirectory(Path.Combine(Rig.Folder, "lost"));
        Assert.Equal(["a"], await Store.KeysAsync());
    }

    [Fact]
    public async Task Put_WhereNoFolderCanBe_SaysSo()
    {
        await File.WriteAllTextAsync(Rig.Folder, "a file where the folder should be");
        await Assert.ThrowsAnyAsync<IOException>(() => Store.PutAsync("a", [1]));
    }

    [Fact]
    public async Task AnotherFolder_IsUsedWhereItIsNamed()
    {
        using var folder = new TempFolder();
        await using var services = StorageRig.ServicesOf(
            new() { ["Data:Directory"] = Rig.Data, ["Recording:Folder"] = Path.Combine(folder.Path, "calls") }, Rig.Time);
        await services.GetRequiredService<IRecordingStore>().PutAsync("a", [1]);
        Assert.True(File.Exists(Path.Combine(folder.Path, "calls", "a")));
    }

    private protected override Task<StorageRig> StartAsync() => Task.FromResult(StorageRig.InFolder());
}
