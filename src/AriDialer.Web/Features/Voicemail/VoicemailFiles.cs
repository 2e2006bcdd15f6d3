using AriDialer.Web.Data;
using AriDialer.Web.Features.Sound;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Voicemail;

/// <summary>The messages' sound: a file each in the data directory, called by the entry's random id.</summary>
internal sealed class VoicemailFiles(IOptions<DataOptions> data)
{
    private const string End = ".wav";
    private const string UnfinishedEnd = ".part";

    private string Folder => Path.GetFullPath(Path.Combine(data.Value.Directory, "voicemail"));

    /// <summary>Keeps a message. Either the whole of it is there afterwards, on the disk, or nothing.</summary>
    /// <returns>How long it plays; less than a second is nothing, and is not kept.</returns>
    public async Task<TimeSpan> SaveAsync(string id, Stream sound, CancellationToken cancellationToken)
    {
        CreateFolder();
        var unfinished = PathOf(id) + UnfinishedEnd;
        TimeSpan length;
        await using (var file = new FileStream(unfinished, Writing()))
        {
            await sound.CopyToAsync(file, cancellationToken);
            length = WaveFile.Repair(file);
            file.Flush(flushToDisk: true);
        }

        if (length < TimeSpan.FromSeconds(1))
            File.Delete(unfinished);
        else
            File.Move(unfinished, PathOf(id), overwrite: true);
        return length;
    }

    /// <summary>A message's sound; null where it is gone.</summary>
    public FileStream? Open(string id)
    {
        try
        {
            return new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Delete(string id) => File.Delete(PathOf(id));

    /// <summary>Deletes the files that belong to none of these: what a sudden end left behind.</summary>
    public void DeleteAllBut(IReadOnlySet<string> ids)
    {
        if (!Directory.Exists(Folder))
            return;

        foreach (var file in Directory.EnumerateFiles(Folder).Where(file => file.EndsWith(UnfinishedEnd, StringComparison.Ordinal)
            || file.EndsWith(End, StringComparison.Ordinal) && !ids.Contains(Path.GetFileNameWithoutExtension(file))))
        {
            File.Delete(file);
        }
    }

    private static FileStreamOptions Writing()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Folder);
        else
            Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string PathOf(string id) => Path.Combine(Folder, id + End);
}
