namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>Files and folders that nobody but the app's own user may read.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnFile | UnixFileMode.UserExecute);
    }

    public static FileStream Create(string path, FileOptions options = FileOptions.None)
    {
        // Whole chunks are written at a time: another buffer would only copy them once more.
        var how = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = options | FileOptions.Asynchronous,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = OwnFile;
        return new FileStream(path, how);
    }

    /// <summary>A file for passing something on that needn't be kept: it has no name any more, and is gone however the app ends.</summary>
    public static FileStream CreatePassing(string path)
    {
        var file = Create(path, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}
