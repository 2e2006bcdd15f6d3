using System.Net.WebSockets;
using System.Security.Claims;
using AriDialer.Calls.Stasis;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Security;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Phones;

/// <summary>Passes a signed-in person's SIP WebSocket on to Asterisk, which nobody else can reach, for as long as their phone is theirs.</summary>
internal sealed partial class SipSocket : IDisposable
{
    private const string Sip = "sip";
    private static readonly TimeSpan AsteriskAnswersWithin = TimeSpan.FromSeconds(5);
    private readonly PhoneSessions _sessions;
    private readonly OpenConnections _connections;
    private readonly PhoneConnections _phones;
    private readonly Admission _admission;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly PhoneOptions _options;
    private readonly ILogger<SipSocket> _log;
    private readonly Uri _asterisk;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });

    public SipSocket(
        PhoneSessions sessions,
        OpenConnections connections,
        PhoneConnections phones,
        Admission admission,
        IHostApplicationLifetime lifetime,
        IOptions<PhoneOptions> options,
        IOptions<Ari.AriOptions> ari,
        ILogger<SipSocket> log)
    {
        (_sessions, _connections, _phones, _admission, _lifetime, _options, _log) = (sessions, connections, phones, admission, lifetime, options.Value, log);
        _asterisk = new UriBuilder(ari.Value.Url!) { Scheme = ari.Value.Url!.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", Path = "/ws", Query = "" }.Uri;
    }

    public async Task<IResult> ConnectAsync(HttpContext context, ClaimsPrincipal person)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return Results.Problem("This address is for telephones.", statusCode: StatusCodes.Status400BadRequest);

        if (!SameOrigin.IsOurs(context.Request))
            return Results.Problem("Another site cannot use this telephone.", statusCode: StatusCodes.Status403Forbidden);

        var (userId, signInId) = (person.UserId(), person.SignInId());
        if (_connections.PhonesOf(userId) >= _options.SocketsPerPerson)
            return Results.Problem("You have too many phones open. Close some pages.", statusCode: StatusCodes.Status429TooManyRequests);

        // Noted before it is checked: a withdrawal in between ends the connection, one before is seen.
        using var open = _connections.Add(userId, signInId, isPhone: true, _ =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        if (await _sessions.EndpointOfAsync(signInId, context.RequestAborted) is not { } endpoint)
            return Results.Problem("This sign-in has no phone. Reload the page.", statusCode: StatusCodes.Status403Forbidden);

        // Sound goes on without it, and pages come back by themselves: the application does not wait for phones when it ends.
        using var stopping = _lifetime.ApplicationStopping.Register(context.Abort);
        using var asterisk = await OpenAsteriskAsync(context.RequestAborted);
        if (asterisk is null)
            return Results.Problem("The telephone system does not answer.", statusCode: StatusCodes.Status502BadGateway);

        using var browser = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = Sip,
            KeepAliveInterval = _options.PingEvery,
            KeepAliveTimeout = _options.PongWithin,
        });
        using var phone = _phones.Open(endpoint);
        if (!await new SipRelay(browser, asterisk, new CallGate(_admission)).RunAsync(context.RequestAborted))
            LogLost(endpoint);

        // One side has closed, or is dead: a socket that is dead cannot be closed in any other way.
        context.Abort();
        return Results.Empty;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Nothing of the sign-in goes to Asterisk: no cookie, no authorization, no origin.</summary>
    private async Task<ClientWebSocket?> OpenAsteriskAsync(CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(Sip);
        socket.Options.KeepAliveInterval = _options.PingEvery;
        socket.Options.KeepAliveTimeout = _options.PongWithin;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AsteriskAnswersWithin);
        try
        {
            await socket.ConnectAsync(_asterisk, _client, limit.Token);
            return socket;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            socket.Dispose();
            LogUnreachable(e.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The connection of phone {Endpoint} was lost without a word")]
    private partial void LogLost(string endpoint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Asterisk's SIP socket could not be reached: {Error}")]
    private partial void LogUnreachable(string error);
}
