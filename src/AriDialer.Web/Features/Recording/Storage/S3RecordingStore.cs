using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>Recordings as objects in a bucket of an S3-compatible server.</summary>
internal sealed class S3RecordingStore(IOptions<S3Options> options, RecordingFolder folder, TimeProvider time) : IRecordingStore, IDisposable
{
    private const int SlowestUploadPerSecond = 64 * 1024;

    // The client's own attempts included.
    private static readonly TimeSpan AnswerTakes = TimeSpan.FromSeconds(30);

    private readonly IAmazonS3 _client = S3Connection.Open(options.Value);
    private readonly S3Failures _failures = new(options.Value);
    private readonly string _bucket = options.Value.Bucket!;
    private readonly string _prefix = string.IsNullOrEmpty(options.Value.Prefix) ? "" : options.Value.Prefix.TrimEnd('/') + "/";

    public async Task PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        var name = NameOf(key);
        // S3 wants to know the length and the hash before the first byte, and an attempt that failed begins anew.
        await using var file = folder.CreatePassing();
        await content.CopyToAsync(file, cancellationToken);
        file.Position = 0;
        var request = new PutObjectRequest
        {
            BucketName = _bucket,
            Key = name,
            InputStream = file,
            AutoCloseStream = false,
            ContentType = "application/octet-stream",
            // One signed hash over a plain body, which every server knows: see S3Connection.
            UseChunkEncoding = false,
        };
        await AskAsync(
            async token => await _client.PutObjectAsync(request, token),
            AnswerTakes + TimeSpan.FromSeconds((double)file.Length / SlowestUploadPerSecond),
            cancellationToken);
    }

    public async Task<Stream?> OpenAsync(string key, long offset, long length, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        var request = new GetObjectRequest { BucketName = _bucket, Key = NameOf(key), ByteRange = new ByteRange(offset, offset + length - 1) };
        try
        {
            return (await AskAsync(token => _client.GetObjectAsync(request, token), AnswerTakes, cancellationToken)).ResponseStream;
        }
        catch (RecordingStoreException e) when (S3Failures.StatusOf(e) is HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return Stream.Null;
        }
        catch (RecordingStoreException e) when (S3Failures.IsNoSuchObject(e))
        {
            return null;
        }
    }

    public async Task<long?> LengthAsync(string key, CancellationToken cancellationToken)
    {
        var name = NameOf(key);
        try
        {
            return (await AskAsync(token => _client.GetObjectMetadataAsync(_bucket, name, token), AnswerTakes, cancellationToken)).ContentLength;
        }
        catch (RecordingStoreException e) when (S3Failures.IsNoSuchObject(e))
        {
            return null;
        }
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        var name = NameOf(key);
        try
        {
            await AskAsync(token => _client.DeleteObjectAsync(_bucket, name, token), AnswerTakes, cancellationToken);
        }
        catch (RecordingStoreException e) when (S3Failures.IsNoSuchObject(e))
        {
            // Amazon's says that it is deleted; not every server does.
        }
    }

    public async IAsyncEnumerable<StoredFile> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = _prefix };
        do
        {
            var page = await AskAsync(token => _client.ListObjectsV2Async(request, token), AnswerTakes, cancellationToken);
            foreach (var found in page.S3Objects ?? [])
            {
                // Whatever else lies below the prefix is none of ours.
                if (StoreKeys.IsKey(found.Key[_prefix.Length..]) && found.LastModified is { } writtenAt)
                    yield return new StoredFile(found.Key[_prefix.Length..], new DateTimeOffset(writtenAt.ToUniversalTime()));
            }

            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    public void Dispose() => _client.Dispose();

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan takes, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(takes, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await ask(either.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && _failures.Explain(e) is { } explained)
        {
            throw explained;
        }
    }

    private string NameOf(string key) => _prefix + StoreKeys.Check(key);
}
