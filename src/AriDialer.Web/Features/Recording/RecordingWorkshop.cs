using AriDialer.Web.Data;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Recording;

/// <summary>Where tracks lie while they are joined: readable by this program only, and for as long as that takes.</summary>
internal sealed class RecordingWorkshop(IOptions<DataOptions> data)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private string Root => Path.GetFullPath(Path.Combine(data.Value.Directory, "recordings-work"));

    /// <summary>An empty folder for one recording; disposing deletes it with all that is in it.</summary>
    public WorkFolder Open(string recordingId)
    {
        var folder = Path.Combine(Root, recordingId);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
        return new WorkFolder(folder);
    }

    /// <summary>Deletes what a sudden end left behind.</summary>
    public void Sweep()
    {
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
    }

    /// <summary>A new file that nobody else can read.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}

/// <summary>A folder that goes when it is disposed of.</summary>
internal sealed class WorkFolder(string path) : IDisposable
{
    public string Path => path;

    public void Dispose()
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
