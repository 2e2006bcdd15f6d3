using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace AriDialer.Web.Tests.Recording.Storage.FakeS3;

/// <summary>An object in a bucket: its bytes lie in a file, so that a large one does not fill the test's memory.</summary>
internal sealed record S3Object(string Path, long Length, DateTimeOffset WrittenAt);

/// <summary>The objects of a bucket.</summary>
internal sealed class S3Objects(string folder)
{
    private readonly ConcurrentDictionary<string, S3Object> _objects = new(StringComparer.Ordinal);
    private int _files;

    public IEnumerable<KeyValuePair<string, S3Object>> All => _objects.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    public S3Object? Find(string name) => _objects.GetValueOrDefault(name);

    public void Remove(string name) => _objects.TryRemove(name, out _);

    /// <summary>Takes an upload: the whole of it is there afterwards, or nothing. Null where it is not what the signature says.</summary>
    public async Task<S3Object?> TryPutAsync(string name, HttpRequest request, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, $"object{Interlocked.Increment(ref _files)}");
        byte[] hash;
        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0, useAsync: true))
        {
            await request.Body.CopyToAsync(file, cancellationToken);
            file.Position = 0;
            hash = await SHA256.HashDataAsync(file, cancellationToken);
        }

        var stored = new S3Object(path, new FileInfo(path).Length, TimeProvider.System.GetUtcNow());
        if (request.Headers["x-amz-content-sha256"] != Convert.ToHexStringLower(hash) || request.ContentLength != stored.Length)
            return null;

        return _objects[name] = stored;
    }
}
