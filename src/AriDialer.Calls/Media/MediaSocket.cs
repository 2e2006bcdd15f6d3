using System.Net.WebSockets;
using AriDialer.Ari;

namespace AriDialer.Calls.Media;

/// <summary>Opens the socket over which Asterisk hands out the sound of a media channel, on the HTTP server that ARI is on.</summary>
internal static class MediaSocket
{
    private const string SubProtocol = "media";

    /// <param name="options">Where Asterisk is.</param>
    /// <param name="connectionId">What Asterisk called the connection. Whoever knows it hears the leg; no exception names it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WebSocketException">Asterisk would not, or could not be reached.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    internal static async Task<WebSocket> ConnectAsync(AriOptions options, string connectionId, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(SubProtocol);
        socket.Options.KeepAliveInterval = options.KeepAliveInterval;
        socket.Options.KeepAliveTimeout = options.KeepAliveTimeout;
        socket.Options.Proxy = null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.ConnectTimeout);
        try
        {
            await socket.ConnectAsync(AddressOf(options.Url!, connectionId), limit.Token);
            return socket;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TimeoutException("Asterisk's media socket did not open in time");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The address beside <c>/ari</c>, behind the same prefix.</summary>
    internal static Uri AddressOf(Uri url, string connectionId)
    {
        var address = new UriBuilder($"{url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/media/{Uri.EscapeDataString(connectionId)}");
        address.Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        return address.Uri;
    }
}
