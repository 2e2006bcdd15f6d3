namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>
/// Where the files of recordings lie: a folder, or S3-compatible object storage. It knows nothing of what is in them. Keys are names
/// of our own making (see <see cref="StoreKeys"/>); any other is refused with an <see cref="ArgumentException"/>.
/// </summary>
/// <remarks>What fails does so with an <see cref="IOException"/>, mostly a <see cref="RecordingStoreException"/> that says what to do.</remarks>
internal interface IRecordingStore
{
    /// <summary>Keeps a file, in place of an earlier one of this key. Either the whole of it is there afterwards, or nothing of it.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="content">What stands in it; read once, to its end, and need not be seekable.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    Task PutAsync(string key, Stream content, CancellationToken cancellationToken);

    /// <summary>
    /// A part of a file, to be read once and from its beginning; less of it where the file ends before. Null where there is no such file.
    /// </summary>
    Task<Stream?> OpenAsync(string key, long offset, long length, CancellationToken cancellationToken);

    /// <summary>How many bytes a file has; null where there is no such file.</summary>
    Task<long?> LengthAsync(string key, CancellationToken cancellationToken);

    /// <summary>Deletes a file, if it is there.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// All files. Among them what a put left that a sudden end cut off: under a key that ends with <see cref="StoreKeys.UnfinishedEnd"/>,
    /// by which it can be deleted.
    /// </summary>
    IAsyncEnumerable<StoredFile> ListAsync(CancellationToken cancellationToken);
}

/// <summary>A file in a recording store.</summary>
internal sealed record StoredFile(string Key, DateTimeOffset WrittenAt);
