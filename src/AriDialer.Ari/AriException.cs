namespace AriDialer.Ari;

/// <summary>A request to Asterisk that failed.</summary>
public sealed class AriException : Exception
{
    /// <summary>Describes a failed request.</summary>
    /// <param name="kind">What it means.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path below <c>/ari</c>, without its query, which may hold what no log should.</param>
    /// <param name="status">The HTTP status; null when there was no answer.</param>
    /// <param name="asteriskMessage">What Asterisk said, or what went wrong on the way to it.</param>
    /// <param name="innerException">The fault of the connection, if it was one.</param>
    public AriException(AriErrorKind kind, string method, string path, int? status, string asteriskMessage, Exception? innerException = null)
        : base($"{method} {path}: {(status is { } code ? $"{code} " : "")}{asteriskMessage}", innerException)
    {
        Kind = kind;
        Method = method;
        Path = path;
        Status = status;
        AsteriskMessage = asteriskMessage;
    }

    /// <summary>What the failure means.</summary>
    public AriErrorKind Kind { get; }

    /// <summary>The HTTP method of the request.</summary>
    public string Method { get; }

    /// <summary>The path of the request below <c>/ari</c>, without its query.</summary>
    public string Path { get; }

    /// <summary>The HTTP status of the answer; null when none came.</summary>
    public int? Status { get; }

    /// <summary>Asterisk's own message, or what went wrong on the way to it.</summary>
    public string AsteriskMessage { get; }
}
