using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace AriDialer.Ari;

/// <summary>Where Asterisk is, who we are there, and how long we wait.</summary>
public sealed partial class AriOptions : IValidatableObject
{
    /// <summary>Asterisk's HTTP server, without <c>/ari</c>: <c>http://127.0.0.1:8088</c>, with the prefix of http.conf if there is one.</summary>
    [Required(ErrorMessage = "Say in Asterisk:Url where Asterisk's HTTP server is, for example http://127.0.0.1:8088.")]
    public Uri? Url { get; set; }

    /// <summary>The user of ari.conf.</summary>
    [Required(ErrorMessage = "Say in Asterisk:Username which user of ari.conf to sign in as.")]
    public string Username { get; set; } = "";

    /// <summary>That user's password. It is only ever sent in a header, so that it stands in no log of requests.</summary>
    [Required(ErrorMessage = "Say in Asterisk:Password (or a file that holds it) what the password of the ARI user is.")]
    public string Password { get; set; } = "";

    /// <summary>The Stasis application whose events the socket receives; several, separated by commas, share one socket.</summary>
    [Required(ErrorMessage = "Say in Asterisk:App which Stasis application to serve, for example aridialer.")]
    public string App { get; set; } = "";

    /// <summary>How long opening a connection may take.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a request may take, from asking for a connection to the end of the answer.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many requests are under way at once; the others wait. Asterisk's <c>sessionlimit</c> (http.conf) must leave room for them.</summary>
    [Range(1, 1000, ErrorMessage = "Asterisk:MaxConnections must be between 1 and 1000.")]
    public int MaxConnections { get; set; } = 32;

    /// <summary>How long the event socket may be silent before it is pinged.</summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long Asterisk may take to answer a ping before the socket counts as dead.</summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The wait before the first attempt to reconnect; it doubles with each that fails.</summary>
    public TimeSpan ReconnectFirst { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait between two attempts to reconnect.</summary>
    public TimeSpan ReconnectMost { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest event that is parsed, in bytes. A larger one is reported as an unknown event and the socket lives on.</summary>
    [Range(65_536, 1_073_741_824, ErrorMessage = "Asterisk:MaxEventBytes must be between 65536 and 1073741824.")]
    public int MaxEventBytes { get; set; } = 16 * 1024 * 1024;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            yield return new ValidationResult("Asterisk:Url must be an http or https address, for example http://127.0.0.1:8088.", [nameof(Url)]);
        if (!AppNames().IsMatch(App))
            yield return new ValidationResult("Asterisk:App may hold letters, digits, '_', '-' and '.', and a comma between several names.", [nameof(App)]);
        if (Username.Contains(':'))
            yield return new ValidationResult("Asterisk:Username may not hold a colon.", [nameof(Username)]);
        TimeSpan[] spans = [ConnectTimeout, RequestTimeout, KeepAliveInterval, KeepAliveTimeout, ReconnectFirst, ReconnectMost];
        if (spans.Any(span => span <= TimeSpan.Zero || span > TimeSpan.FromMinutes(10)))
            yield return new ValidationResult("Each of Asterisk's time spans must be more than zero and at most ten minutes.");
        if (ReconnectMost < ReconnectFirst)
            yield return new ValidationResult("Asterisk:ReconnectMost may not be shorter than Asterisk:ReconnectFirst.", [nameof(ReconnectMost)]);
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]+(,[A-Za-z0-9_.-]+)*\z")]
    private static partial Regex AppNames();
}
