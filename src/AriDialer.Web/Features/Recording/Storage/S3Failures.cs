using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;

namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>Says what an operator can do about what an S3-compatible server answered, or that it didn't.</summary>
internal sealed class S3Failures(S3Options options)
{
    private string Server => string.IsNullOrEmpty(options.Endpoint) ? $"Amazon S3 in {options.Region}" : options.Endpoint;

    /// <summary>What an answer means; null for what is no failure of the server.</summary>
    public RecordingStoreException? Explain(Exception failure) => failure switch
    {
        AmazonServiceException { ErrorCode: "NoSuchBucket" } => Of(
            $"The bucket {options.Bucket} is not there at {Server}: make it, or correct Recording:S3:Bucket.", failure),
        AmazonServiceException { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } => Of(
            $"{Server} refuses us the bucket {options.Bucket}: correct Recording:S3:AccessKey, SecretKey and Region, this machine's clock, "
            + "or let the key list, read, write and delete there.",
            failure),
        AmazonServiceException { StatusCode: not 0 } answer => Of(
            $"{Server} could not do it ({(int)answer.StatusCode} {answer.ErrorCode}). Try again in a moment; if it stays so, look into "
            + "the server's own log.",
            failure),
        OperationCanceledException => Of($"{Server} did not answer in time. Try again in a moment.", failure),
        AmazonServiceException or AmazonClientException or HttpRequestException or SocketException or IOException => Of(
            $"{Server} cannot be reached: see that it runs, and that Recording:S3:Endpoint is its address.", failure),
        _ => null,
    };

    /// <summary>The status that the server answered with; null where it did not answer.</summary>
    public static HttpStatusCode? StatusOf(RecordingStoreException failure) => (failure.InnerException as AmazonServiceException)?.StatusCode;

    /// <summary>True where the object is not there, though its bucket may be.</summary>
    public static bool IsNoSuchObject(RecordingStoreException failure) =>
        failure.InnerException is AmazonServiceException { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" };

    private static RecordingStoreException Of(string message, Exception cause) => new(message, cause);
}
