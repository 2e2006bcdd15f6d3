namespace AriDialer.Ari;

/// <summary>
/// Asterisk's REST interface: a property a resource, a method an operation. Make one and keep it; all of it may be used from many threads.
/// </summary>
public sealed partial class AriClient : IDisposable
{
    // Asterisk closes a connection that has been idle for its session_keep_alive (15 s): ours must be given up before.
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(10);

    private readonly AriConnection _connection;
    private readonly HttpClient? _owned;

    /// <summary>A client with connections of its own.</summary>
    /// <param name="options">Where Asterisk is.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are not complete; the message says what to write.</exception>
    public AriClient(AriOptions options)
        : this(new AriConnection(new HttpClient(CreateHandler(AriConnection.Checked(options))) { Timeout = Timeout.InfiniteTimeSpan }, options)) => _owned = _connection.Http;

    /// <summary>A client that sends its requests through a given HTTP client, which stays its owner's to dispose of.</summary>
    /// <param name="http">How requests are sent; see <see cref="CreateHandler"/>.</param>
    /// <param name="options">Where Asterisk is.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are not complete; the message says what to write.</exception>
    public AriClient(HttpClient http, AriOptions options)
        : this(new AriConnection(http, options))
    {
    }

    internal AriOptions Options => _connection.Options;

    /// <summary>The handler that suits Asterisk's HTTP server: bounded connections, given up before Asterisk gives them up.</summary>
    /// <param name="options">How many connections, and how long to wait for one.</param>
    public static SocketsHttpHandler CreateHandler(AriOptions options) => new()
    {
        PooledConnectionIdleTimeout = IdleLimit,
        ConnectTimeout = options.ConnectTimeout,
        MaxConnectionsPerServer = options.MaxConnections,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    };

    /// <summary>Closes the connections, unless the HTTP client was given.</summary>
    public void Dispose() => _owned?.Dispose();
}
