using System.Net.WebSockets;

namespace AriDialer.Web.Features.Phones;

/// <summary>
/// Carries SIP between a browser and Asterisk until either side is gone. Both sockets ping: a side that is dead without a word, by a
/// pulled cable or a closed lid, is noticed. A page cannot ping; it sends two empty lines instead (RFC 5626, 3.5.1), and gets one back.
/// </summary>
internal sealed class SipRelay(WebSocket browser, WebSocket asterisk)
{
    private const int PieceSize = 4 * 1024;

    /// <summary>True where a side has said that it closes; false where one was lost.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Only what comes from Asterisk and answers to the page are sent to it, never two at a time.
        using var browserIsFree = new SemaphoreSlim(1);
        var up = CarryAsync(browser, piece => piece.IsPing ? SendAsync(browser, browserIsFree, Pong, over.Token) : SendAsync(asterisk, null, piece, over.Token), over.Token);
        var down = CarryAsync(asterisk, piece => SendAsync(browser, browserIsFree, piece, over.Token), over.Token);
        var first = await Task.WhenAny(up, down);
        await over.CancelAsync();
        await Task.WhenAll(up, down);
        return await first;
    }

    private static Piece Pong => new("\r\n"u8.ToArray(), WebSocketMessageType.Text, IsEnd: true, IsPing: false);

    private static async Task<bool> CarryAsync(WebSocket from, Func<Piece, Task> send, CancellationToken cancellationToken)
    {
        var buffer = new byte[PieceSize];
        var isStart = true;
        try
        {
            while (await from.ReceiveAsync(buffer.AsMemory(), cancellationToken) is { MessageType: not WebSocketMessageType.Close } got)
            {
                var bytes = buffer.AsMemory(0, got.Count);
                await send(new Piece(bytes, got.MessageType, got.EndOfMessage, isStart && got.EndOfMessage && bytes.Span.SequenceEqual("\r\n\r\n"u8)));
                isStart = got.EndOfMessage;
            }

            return true;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // Whatever ended it: there is nothing more to carry.
            return false;
        }
    }

    private static async Task SendAsync(WebSocket to, SemaphoreSlim? free, Piece piece, CancellationToken cancellationToken)
    {
        if (free is not null)
            await free.WaitAsync(cancellationToken);
        try
        {
            await to.SendAsync(piece.Bytes, piece.Kind, piece.IsEnd, cancellationToken);
        }
        finally
        {
            free?.Release();
        }
    }

    private readonly record struct Piece(ReadOnlyMemory<byte> Bytes, WebSocketMessageType Kind, bool IsEnd, bool IsPing);
}
