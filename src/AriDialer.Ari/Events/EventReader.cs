using System.Buffers;
using System.Net.WebSockets;

namespace AriDialer.Ari.Events;

/// <summary>Puts the fragments of a socket's messages together in a pooled buffer, and parses each message where it lies.</summary>
internal sealed class EventReader(WebSocket socket, int limit) : IDisposable
{
    private const int UsualSize = 64 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(UsualSize);

    /// <summary>The next event; null when the far side has closed the socket.</summary>
    public async ValueTask<AriEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close)
                return null;
            length += received.Count;
            if (received.EndOfMessage)
                return Finish(length);
            if (length >= limit)
                return await SkipRestAsync(cancellationToken).ConfigureAwait(false);
            if (length == _buffer.Length)
                Resize(length * 2, length);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private AriEvent Finish(int length)
    {
        var message = EventParser.Parse(_buffer.AsSpan(0, length));
        if (_buffer.Length > UsualSize)
            Resize(UsualSize, 0);
        return message;
    }

    private async ValueTask<AriEvent> SkipRestAsync(CancellationToken cancellationToken)
    {
        var message = EventParser.TooLarge(_buffer, limit);
        ValueWebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
        while (!received.EndOfMessage && received.MessageType != WebSocketMessageType.Close);

        Resize(UsualSize, 0);
        return message;
    }

    private void Resize(int size, int kept)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(0, kept).CopyTo(buffer);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = buffer;
    }
}
