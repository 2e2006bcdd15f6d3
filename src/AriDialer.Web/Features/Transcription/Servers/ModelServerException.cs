namespace AriDialer.Web.Features.Transcription.Servers;

/// <summary>A server with models did not do what it was asked; the message is for people. What the server wrote is not in it: it may repeat the key.</summary>
internal sealed class ModelServerException(string message) : Exception(message);

/// <summary>
/// A server with models refused something on its realtime interface. What it wrote is not in it.
/// </summary>
/// <param name="status">The HTTP status, or the one that says the same.</param>
/// <param name="isQuota">The account has nothing left.</param>
/// <param name="retryAfter">The header of this name.</param>
internal sealed class ModelRefusalException(int status, bool isQuota = false, string? retryAfter = null) : Exception("The server refused something.")
{
    public int Status => status;

    public bool IsQuota => isQuota;

    public string? RetryAfter => retryAfter;
}
