using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AriDialer.Testing;

/// <summary>One event socket, from the handshake to its end.</summary>
internal sealed class FakeSocket
{
    private const string HandshakeSalt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private readonly Channel<(ReadOnlyMemory<byte> Bytes, WebSocketMessageType Type)> _outgoing =
        Channel.CreateUnbounded<(ReadOnlyMemory<byte>, WebSocketMessageType)>();
    private readonly CancellationTokenSource _dropped = new();
    private readonly FreezableStream _stream;
    private readonly WebSocket _socket;

    private FakeSocket(FreezableStream stream, IReadOnlyList<string> apps, string? subProtocol)
    {
        _stream = stream;
        Apps = apps;
        _socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, SubProtocol = subProtocol });
    }

    public IReadOnlyList<string> Apps { get; }

    /// <summary>How many bytes go into one frame; a larger event is sent in fragments.</summary>
    public int FragmentSize { get; set; } = int.MaxValue;

    // By hand, for ASP.NET's own socket would hide the stream that has to be frozen.
    public static async Task<FakeSocket> AcceptAsync(HttpContext context, IReadOnlyList<string> apps, string? subProtocol = null)
    {
        var key = context.Request.Headers.SecWebSocketKey + HandshakeSalt;
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.SecWebSocketAccept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key)));
        if (subProtocol is not null)
            context.Response.Headers.SecWebSocketProtocol = subProtocol;
        var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        return new FakeSocket(new FreezableStream(stream), apps, subProtocol);
    }

    public void Send(string json) => Send(Encoding.UTF8.GetBytes(json));

    public void Send(ReadOnlyMemory<byte> bytes, WebSocketMessageType type = WebSocketMessageType.Text) => _outgoing.Writer.TryWrite((bytes, type));

    /// <summary>Ends the connection without a word.</summary>
    public void Drop() => _dropped.Cancel();

    /// <summary>Ends the connection with a closing frame, once all is sent.</summary>
    public void Close() => _outgoing.Writer.TryComplete();

    public void Freeze() => _stream.Freeze();

    public async Task RunAsync(CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, _dropped.Token);
        var receiving = ReceiveAsync(end);
        try
        {
            await foreach (var (bytes, type) in _outgoing.Reader.ReadAllAsync(end.Token))
                await SendInFragmentsAsync(bytes, type, end.Token);
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, end.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException)
        {
            // Either side is gone, which is what was asked for.
        }

        await end.CancelAsync();
        _socket.Dispose();
        await receiving;
    }

    private async Task SendInFragmentsAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        do
        {
            var size = Math.Min(FragmentSize, bytes.Length);
            await _socket.SendAsync(bytes[..size], type, endOfMessage: size == bytes.Length, cancellationToken);
            bytes = bytes[size..];
        }
        while (!bytes.IsEmpty);
    }

    // Answers pings, and notices when the other side goes.
    private async Task ReceiveAsync(CancellationTokenSource end)
    {
        var buffer = new byte[1024];
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(), end.Token) is { MessageType: not WebSocketMessageType.Close })
            {
            }

            await end.CancelAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            if (!end.IsCancellationRequested)
                await end.CancelAsync();
        }
    }
}
