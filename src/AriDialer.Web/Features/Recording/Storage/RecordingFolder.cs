using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>Where recordings lie on this machine (section <c>Recording</c>).</summary>
internal sealed class RecordingFolderOptions
{
    /// <summary>Another folder than <c>recordings</c> in the data directory. With object storage, files only wait here while they are sent.</summary>
    public string? Folder { get; set; }
}

/// <summary>The folder that the settings name.</summary>
internal sealed class RecordingFolder(IOptions<RecordingFolderOptions> options, IOptions<DataOptions> data)
{
    private const int MarkLength = 16;

    public string Path { get; } = System.IO.Path.GetFullPath(
        string.IsNullOrWhiteSpace(options.Value.Folder) ? System.IO.Path.Combine(data.Value.Directory, "recordings") : options.Value.Folder);

    /// <summary>Where a file waits for a moment; it is gone when it is closed.</summary>
    public FileStream CreatePassing()
    {
        try
        {
            PrivateFiles.CreateFolder(Path);
            return PrivateFiles.CreatePassing(System.IO.Path.Combine(Path, Secrets.Text(MarkLength) + StoreKeys.UnfinishedEnd));
        }
        catch (UnauthorizedAccessException e)
        {
            throw Refused(e);
        }
    }

    /// <summary>What to say where the system lets us not.</summary>
    public RecordingStoreException Refused(UnauthorizedAccessException cause) => new(
        $"Recordings cannot be kept in {Path}: let the user that runs AriDialer read and write there, or name another folder "
        + "with Recording:Folder.",
        cause);
}
