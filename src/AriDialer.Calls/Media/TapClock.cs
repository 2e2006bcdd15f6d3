namespace AriDialer.Calls.Media;

// Asterisk sends a frame each 20 ms and nothing at all where the line has a hole (lost packets, a phone that is silent on purpose).
// So the place of a frame can neither be counted nor simply be read off the clock: frames are late for two reasons.
//
//   - Somebody was slow: Asterisk, the network, or this process. Then nothing is missing, and the rest follows at once, faster than
//     the clock, until all is made up for.
//   - There was a hole. Then the next frame comes a fiftieth of a second later, as late as the one before.
//
// A frame that is late by more than `Hole` is therefore held back until the next one tells which it was, at most for `Patience`.
// Less than that is evened out: frames go on without a step. What is lost packet by packet, and a slower clock at the other end, add up
// until they are a hole too. Frames that are ahead of the clock by more than `Ahead` (a faster clock; a first frame that was itself
// late) are brought back to it by steps that are a little shorter than a frame.

/// <summary>Says where each frame of a tap belongs, in samples from its first one: pure arithmetic over the times of their arrival.</summary>
/// <param name="frequency">Ticks in a second of the timestamps that it is given.</param>
internal sealed class TapClock(long frequency)
{
    /// <summary>Samples of a frame.</summary>
    internal const int Frame = AudioFrame.Rate / 50;

    /// <summary>How long a late frame may be held back for the next one.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(30);

    private const long Hole = AudioFrame.Rate / 10;
    private const long Ahead = AudioFrame.Rate / 10;
    private const int MostHeld = 8;

    // Frames of one burst follow each other within less than half of their length.
    private readonly long _atOnce = frequency / 100;
    private long? _start;
    private long _last;
    private long _next;
    private int _held;
    private long _leastLateHeld;
    private bool _catchesUp;
    private int _placeable;
    private int _stepBack;

    /// <summary>True while frames are held back: whoever waits for the next one should <see cref="Settle"/> after <see cref="Patience"/>.</summary>
    internal bool IsInDoubt => _held > 0;

    /// <summary>A frame has arrived. Those whose place is known now come out of <see cref="TryPlace"/>, in order.</summary>
    internal void Arrive(long at)
    {
        _start ??= at;
        var atOnce = at - _last < _atOnce;
        _last = at;
        if (!atOnce)
        {
            Settle();
            _catchesUp = false;
        }

        var late = (long)((Int128)(at - _start.Value) * AudioFrame.Rate / frequency) - _next - (long)(_placeable + _held) * Frame;
        _held++;
        if (late > Hole && !_catchesUp)
        {
            _leastLateHeld = _held == 1 ? late : Math.Min(_leastLateHeld, late);
            if (_held < MostHeld)
            {
                return;
            }

            // So many at once: this is being made up for, however long it takes.
            _catchesUp = true;
        }

        _placeable += _held;
        _held = 0;
        _stepBack = late < -Ahead ? (int)Math.Clamp(-late / 64, 1, Frame) : 0;
    }

    /// <summary>Nothing followed at once: what is held back came after a hole.</summary>
    internal void Settle()
    {
        if (_held > 0)
        {
            _placeable += _held;
            _held = 0;
            _next += _leastLateHeld;
        }
    }

    /// <summary>The place of the next frame, where it is known; each frame has one.</summary>
    internal bool TryPlace(out long begin)
    {
        begin = _next;
        if (_placeable == 0)
        {
            return false;
        }

        _placeable--;
        _next += Frame;
        if (_placeable == 0)
        {
            _next -= _stepBack;
            _stepBack = 0;
        }

        return true;
    }
}
