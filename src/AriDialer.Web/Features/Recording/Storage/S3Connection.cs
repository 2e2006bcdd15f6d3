using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>Makes the client of an S3-compatible server.</summary>
internal static class S3Connection
{
    // What a server of one's own takes where it has no regions.
    private const string AnyRegion = "us-east-1";

    public static IAmazonS3 Open(S3Options options)
    {
        var config = new AmazonS3Config
        {
            // By default the client sends a checksum behind a body in chunks of Amazon's own kind (aws-chunked with a trailer). Older
            // MinIO and Ceph, Garage and Cloudflare's R2 refuse one or the other, or keep the chunks' heads in the file. Nothing is lost
            // without: what goes up is signed with its SHA-256, and what comes back is authenticated chunk by chunk.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            // Each request has its own: how long an upload may take depends on its length.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (string.IsNullOrEmpty(options.Endpoint))
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }
        else
        {
            config.ServiceURL = options.Endpoint;
            config.AuthenticationRegion = string.IsNullOrEmpty(options.Region) ? AnyRegion : options.Region;
            // A name for each bucket (bucket.host) needs DNS and certificates that few servers of one's own have.
            config.ForcePathStyle = true;
        }

        return string.IsNullOrEmpty(options.AccessKey)
            ? new AmazonS3Client(config)
            : new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }
}
