using System.Security.Claims;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Security;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace AriDialer.Web.Features.Phones;

/// <summary>Passes a signed-in person's SIP WebSocket on to Asterisk, which nobody else can reach, for as long as their phone is theirs.</summary>
internal sealed partial class SipSocket : IDisposable
{
    private readonly IHttpForwarder _forwarder;
    private readonly PhoneSessions _sessions;
    private readonly OpenConnections _connections;
    private readonly PhoneConnections _phones;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly IOptions<PhoneOptions> _options;
    private readonly ILogger<SipSocket> _log;
    private readonly ToAsterisk _transformer;
    private readonly string _asterisk;

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
    });

    // Asterisk sends something to every registered phone twice a minute: a socket without traffic is dead.
    private readonly ForwarderRequestConfig _limits = new() { ActivityTimeout = TimeSpan.FromMinutes(2) };

    public SipSocket(
        IHttpForwarder forwarder,
        PhoneSessions sessions,
        OpenConnections connections,
        PhoneConnections phones,
        IHostApplicationLifetime lifetime,
        IOptions<PhoneOptions> options,
        IOptions<Ari.AriOptions> ari,
        ILogger<SipSocket> log)
    {
        (_forwarder, _sessions, _connections, _phones, _lifetime, _options, _log) = (forwarder, sessions, connections, phones, lifetime, options, log);
        _asterisk = ari.Value.Url!.GetLeftPart(UriPartial.Authority);
        _transformer = new ToAsterisk(new Uri(_asterisk + "/ws"));
    }

    public async Task<IResult> ConnectAsync(HttpContext context, ClaimsPrincipal person)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return Results.Problem("This address is for telephones.", statusCode: StatusCodes.Status400BadRequest);

        if (!SameOrigin.IsOurs(context.Request))
            return Results.Problem("Another site cannot use this telephone.", statusCode: StatusCodes.Status403Forbidden);

        var (userId, signInId) = (person.UserId(), person.SignInId());
        if (_connections.PhonesOf(userId) >= _options.Value.SocketsPerPerson)
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
        using var phone = _phones.Open(endpoint);
        var error = await _forwarder.SendAsync(context, _asterisk, _client, _limits, _transformer, context.RequestAborted);
        if (error is ForwarderError.Request or ForwarderError.RequestTimedOut)
            LogUnreachable(error);

        return Results.Empty;
    }

    public void Dispose() => _client.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Asterisk's SIP socket could not be reached: {Error}")]
    private partial void LogUnreachable(ForwarderError error);

    /// <summary>Nothing of the sign-in goes to Asterisk: no cookie, no authorization, no origin.</summary>
    private sealed class ToAsterisk(Uri destination) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.RequestUri = destination;
            proxyRequest.Headers.Host = null;
            foreach (var header in new[] { "Cookie", "Authorization", "Origin", "Referer" })
            {
                proxyRequest.Headers.Remove(header);
            }
        }
    }
}
