using System.Runtime.InteropServices;

namespace AriDialer.Calls.Media;

/// <summary>Cuts what comes over a media socket, in pieces of any length, into frames.</summary>
internal sealed class TapFramer
{
    // Asterisk sends 640 bytes at a time. What is in a message past two seconds of sound is nonsense, and left out.
    private const int MostInMessage = 4 * AudioFrame.Rate;
    private readonly Queue<short[]> _frames = new();
    private short[] _frame = new short[TapClock.Frame];
    private int _bytes;
    private int _inMessage;

    /// <summary>Takes a piece of a message.</summary>
    internal void Take(ReadOnlySpan<byte> piece, bool endOfMessage)
    {
        piece = piece[..Math.Min(piece.Length, MostInMessage - _inMessage)];
        _inMessage += piece.Length;
        while (!piece.IsEmpty)
        {
            var rest = MemoryMarshal.AsBytes(_frame.AsSpan())[_bytes..];
            var taken = Math.Min(rest.Length, piece.Length);
            piece[..taken].CopyTo(rest);
            piece = piece[taken..];
            _bytes += taken;
            if (taken == rest.Length)
            {
                _frames.Enqueue(_frame);
                (_frame, _bytes) = (new short[TapClock.Frame], 0);
            }
        }

        if (endOfMessage)
        {
            // Half a sample belongs to nothing.
            _bytes -= _bytes % 2;
            _inMessage = 0;
        }
    }

    /// <summary>The next whole frame.</summary>
    internal bool TryTake(out short[] samples) => _frames.TryDequeue(out samples!);

    /// <summary>Makes silence of what is not a whole frame yet.</summary>
    internal void Silence() => Array.Clear(_frame);
}
