using System.Net;
using System.Net.WebSockets;

namespace AriDialer.Web.Features.Transcription.Servers.Realtime;

/// <summary>A server's realtime interface: whole messages there and back.</summary>
internal sealed class RealtimeSocket : IDisposable
{
    // The words of a sentence have a few hundred.
    private const int MostBytes = 1_000_000;
    private const HttpStatusCode None = 0;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    // A small server that computes may be deaf meanwhile.
    private static readonly TimeSpan Deaf = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _part = new byte[16_384];

    private RealtimeSocket(ModelAccount account)
    {
        _socket.Options.CollectHttpResponseDetails = true;
        (_socket.Options.KeepAliveInterval, _socket.Options.KeepAliveTimeout) = (KeepAlive, Deaf);
        if (account.Key is { } key)
            _socket.Options.SetRequestHeader(account.Kind == ServerKind.Azure ? "api-key" : "Authorization", account.Kind == ServerKind.Azure ? key : $"Bearer {key}");
    }

    /// <summary>Null where the server has no such interface.</summary>
    /// <exception cref="ModelRefusalException">It lets nobody in just now, or not with this key.</exception>
    public static async Task<RealtimeSocket?> ConnectAsync(ModelAccount account, ModelTransport transport, CancellationToken cancellationToken)
    {
        var socket = new RealtimeSocket(account);
        try
        {
            await socket._socket.ConnectAsync(RealtimeRequest.AddressOf(account), transport.Sockets, cancellationToken);
            return socket;
        }
        catch (WebSocketException) when (socket._socket.HttpStatusCode is not (None or HttpStatusCode.SwitchingProtocols))
        {
            var (status, headers) = (socket._socket.HttpStatusCode, socket._socket.HttpResponseHeaders);
            socket.Dispose();
            return status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented
                ? null
                : throw new ModelRefusalException((int)status, retryAfter: headers?.TryGetValue("Retry-After", out var wanted) == true ? wanted.FirstOrDefault() : null);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task SendAsync(byte[] message, CancellationToken cancellationToken) =>
        await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <exception cref="IOException">The server has closed it.</exception>
    public async Task<RealtimeEvent> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        while (true)
        {
            var part = await _socket.ReceiveAsync(_part.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new IOException("The server has closed the socket.");
            message.Write(_part, 0, part.Count);
            if (message.Length > MostBytes)
                throw new TooLongAnswerException();
            if (part.EndOfMessage)
                return RealtimeEvent.Read(message.GetBuffer().AsMemory(0, (int)message.Length));
        }
    }

    /// <summary>Says good-bye, if that is quick.</summary>
    public async Task CloseAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(Farewell);
            if (_socket.State == WebSocketState.Open)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone already.
        }
    }

    public void Dispose() => _socket.Dispose();
}
