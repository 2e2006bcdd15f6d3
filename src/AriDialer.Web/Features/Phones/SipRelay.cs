using System.Net.WebSockets;

namespace AriDialer.Web.Features.Phones;

/// <summary>
/// Carries SIP between a browser and Asterisk until either side is gone. Both sockets ping: a side that is dead without a word, by a
/// pulled cable or a closed lid, is noticed. A page cannot ping; it sends two empty lines instead (RFC 5626, 3.5.1), and gets one back.
/// </summary>
internal sealed class SipRelay(WebSocket browser, WebSocket asterisk, CallGate gate)
{
    private const int PieceSize = 4 * 1024;
    private bool _isSwallowing;

    /// <summary>True where a side has said that it closes; false where one was lost.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Only what comes from Asterisk and answers to the page are sent to it, never two at a time.
        using var browserIsFree = new SemaphoreSlim(1);
        var up = CarryAsync(browser, piece => SendUpAsync(piece, browserIsFree, over.Token), over.Token);
        var down = CarryAsync(asterisk, piece => SendAsync(browser, browserIsFree, piece, over.Token), over.Token);
        var first = await Task.WhenAny(up, down);
        await over.CancelAsync();
        await Task.WhenAll(up, down);
        return await first;
    }

    private async Task SendUpAsync(Piece piece, SemaphoreSlim browserIsFree, CancellationToken cancellationToken)
    {
        if (piece is { IsStart: true, IsEnd: true } && piece.Bytes.Span.SequenceEqual("\r\n\r\n"u8))
        {
            await SendAsync(browser, browserIsFree, Whole("\r\n"u8.ToArray()), cancellationToken);
            return;
        }

        byte[]? answer = null;
        if (piece.IsStart)
            _isSwallowing = !gate.LetsThrough(piece.Bytes.Span, out answer);
        if (answer is not null)
            await SendAsync(browser, browserIsFree, Whole(answer), cancellationToken);
        if (!_isSwallowing)
            await SendAsync(asterisk, null, piece, cancellationToken);
    }

    private static Piece Whole(byte[] text) => new(text, WebSocketMessageType.Text, IsStart: true, IsEnd: true);

    private static async Task<bool> CarryAsync(WebSocket from, Func<Piece, Task> send, CancellationToken cancellationToken)
    {
        var buffer = new byte[PieceSize];
        var isStart = true;
        try
        {
            while (await from.ReceiveAsync(buffer.AsMemory(), cancellationToken) is { MessageType: not WebSocketMessageType.Close } got)
            {
                await send(new Piece(buffer.AsMemory(0, got.Count), got.MessageType, isStart, got.EndOfMessage));
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

    private readonly record struct Piece(ReadOnlyMemory<byte> Bytes, WebSocketMessageType Kind, bool IsStart, bool IsEnd);
}
