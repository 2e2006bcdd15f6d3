using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace AriDialer.Calls.Media;

/// <summary>
/// Reads a media socket to its end. It only reads, stamps and hands on what never waits: a reader of ours that stalled could lock
/// Asterisk.
/// </summary>
internal sealed partial class MediaReader(WebSocket socket, AudioTap tap, TimeProvider time, ILogger log)
{
    private const int BufferSize = 4096;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly TapFramer _framer = new();
    private readonly TapClock _clock = new(time.TimestampFrequency);

    // Frames whose place is not known yet; null where nobody may hear them.
    private readonly Queue<short[]?> _unplaced = new();

    /// <summary>Reads until Asterisk ends the socket, it breaks, or the token says so. Never throws.</summary>
    internal async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await ReceiveAsync(cancellationToken) is { MessageType: not WebSocketMessageType.Close } received)
            {
                // Asterisk's own words (MEDIA_START, MEDIA_XOFF, …) are text. They are for those who send.
                if (received.MessageType == WebSocketMessageType.Binary)
                {
                    Take(_buffer.AsSpan(0, received.Count), received.EndOfMessage);
                }
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Farewell);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The line is gone, one way or another. Whose end it is, is told elsewhere.
        }
        catch (Exception e)
        {
            LogBroke(e, tap.ChannelId);
        }

        _clock.Settle();
        HandOn();
    }

    private async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(CancellationToken cancellationToken)
    {
        var receiving = socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken);
        if (receiving.IsCompleted || !_clock.IsInDoubt)
        {
            return await receiving;
        }

        var next = receiving.AsTask();
        await Task.WhenAny(next, Task.Delay(TapClock.Patience, time, cancellationToken));
        if (!next.IsCompleted)
        {
            _clock.Settle();
            HandOn();
        }

        return await next;
    }

    private void Take(Span<byte> piece, bool endOfMessage)
    {
        var at = time.GetTimestamp();
        var isSilenced = tap.IsSilenced;
        _framer.Take(piece, endOfMessage);
        while (_framer.TryTake(out var samples))
        {
            _unplaced.Enqueue(isSilenced ? null : samples);
            _clock.Arrive(at);
            tap.OnRead(at);
            HandOn();
        }

        if (isSilenced)
        {
            piece.Clear();
            _framer.Silence();
        }
    }

    private void HandOn()
    {
        while (_clock.TryPlace(out var begin))
        {
            if (_unplaced.Dequeue() is { } samples)
            {
                tap.HandOn(begin, samples);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading the tap on {Channel} broke; it ends")]
    private partial void LogBroke(Exception e, string channel);
}
