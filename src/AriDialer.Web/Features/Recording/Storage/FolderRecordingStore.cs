using AriDialer.Web.Features.Account;

namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>Recordings as files in a folder of this machine, readable by the app's own user only.</summary>
internal sealed class FolderRecordingStore(RecordingFolder folder) : IRecordingStore
{
    private const int MarkLength = 8;

    public async Task PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        // A mark of its own, so that two that put the same key don't write into one file: the later one stays.
        var unfinished = $"{path}.{Secrets.Text(MarkLength)}{StoreKeys.UnfinishedEnd}";
        try
        {
            PrivateFiles.CreateFolder(folder.Path);
            await using (var file = PrivateFiles.Create(unfinished))
            {
                await content.CopyToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception e)
        {
            TryDelete(unfinished);
            if (e is UnauthorizedAccessException refused)
                throw folder.Refused(refused);
            throw;
        }
    }

    public Task<Stream?> OpenAsync(string key, long offset, long length, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);
            return Task.FromResult<Stream?>(new FilePart(file, offset, length));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (UnauthorizedAccessException e)
        {
            throw folder.Refused(e);
        }
    }

    public Task<long?> LengthAsync(string key, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(key));
        return Task.FromResult<long?>(file.Exists ? file.Length : null);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            File.Delete(PathOf(key));
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was ever stored.
        }
        catch (UnauthorizedAccessException e)
        {
            throw folder.Refused(e);
        }

        return Task.CompletedTask;
    }

    // Whatever else somebody has put into the folder is none of ours.
    public IAsyncEnumerable<StoredFile> ListAsync(CancellationToken cancellationToken) => Directory.Exists(folder.Path)
        ? new DirectoryInfo(folder.Path).EnumerateFiles()
            .Where(file => StoreKeys.IsKey(file.Name))
            .Select(file => new StoredFile(file.Name, new DateTimeOffset(file.LastWriteTimeUtc)))
            .ToAsyncEnumerable()
        : AsyncEnumerable.Empty<StoredFile>();

    private static void TryDelete(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What failed before is what matters; the file is swept some day.
        }
    }

    private string PathOf(string key) => Path.Combine(folder.Path, StoreKeys.Check(key));
}
