using System.ComponentModel.DataAnnotations;

namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>Object storage for recordings (section <c>Recording:S3</c>); used where a bucket is named.</summary>
internal sealed class S3Options : IValidatableObject
{
    /// <summary>The address of an S3-compatible server, such as <c>https://minio.example.com:9000</c>; without one it is Amazon's.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The region. A server of one's own mostly has none, and takes Amazon's first one for it.</summary>
    public string? Region { get; set; }

    [RegularExpression("^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$", ErrorMessage = "Recording:S3:Bucket must be the name of a bucket, without an address.")]
    public string? Bucket { get; set; }

    /// <summary>With <see cref="SecretKey"/>, whom the server knows us by. On Amazon's own machines neither is needed: they have a role.</summary>
    public string? AccessKey { get; set; }

    public string? SecretKey { get; set; }

    /// <summary>What the objects' names begin with, as a folder: for a bucket that holds other things, too.</summary>
    [RegularExpression(
        "^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?$",
        ErrorMessage = "Recording:S3:Prefix must be folders such as aridialer/recordings: letters, digits, '.', '_' and '-', with '/' between them.")]
    public string? Prefix { get; set; }

    public bool IsUsed => !string.IsNullOrEmpty(Bucket);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string?[] others = [Endpoint, Region, AccessKey, SecretKey, Prefix];
        if (!IsUsed && others.Any(setting => !string.IsNullOrEmpty(setting)))
            yield return new ValidationResult(
                "Recording:S3:Bucket must name the bucket; to keep recordings in a folder, remove the other settings of Recording:S3.");
        if (!string.IsNullOrEmpty(Endpoint) && !IsAddress(Endpoint))
            yield return new ValidationResult("Recording:S3:Endpoint must be an address such as https://minio.example.com:9000, without the bucket.");
        if (IsUsed && string.IsNullOrEmpty(Endpoint) && string.IsNullOrEmpty(Region))
            yield return new ValidationResult(
                "Recording:S3:Region must name Amazon's region, such as eu-central-1; or Recording:S3:Endpoint another server.");
        if (string.IsNullOrEmpty(AccessKey) != string.IsNullOrEmpty(SecretKey))
            yield return new ValidationResult("Recording:S3:AccessKey and Recording:S3:SecretKey go together: set both.");
        if (!string.IsNullOrEmpty(Endpoint) && string.IsNullOrEmpty(AccessKey))
            yield return new ValidationResult(
                "Recording:S3:AccessKey and Recording:S3:SecretKey must be those of the server at Recording:S3:Endpoint.");
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.PathAndQuery == "/" && address.UserInfo.Length == 0;
}
