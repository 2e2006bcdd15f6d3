namespace AriDialer.Calls.Stasis;

/// <summary>
/// Tells a rush that is over in a moment from more than the machine gets done. After a hiccup, what has gathered comes all at once, and
/// is worked off as quickly: nobody need be refused for it. What stays above the mark is too much, and is held at the mark from then
/// on until it stays below by itself. (So does CoDel, RFC 8289, with packets.)
/// </summary>
/// <param name="mark">How much may be under way while it is too much.</param>
/// <param name="time">The clock.</param>
internal sealed class Congestion(int mark, TimeProvider time)
{
    // While it is not known to be too much, so many times the mark may be under way.
    private const int Rush = 4;
    private static readonly TimeSpan TooLong = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan CalmAfter = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();

    // Since when it has been above the mark, or below it again; as timestamps, null where it is not.
    private long? _aboveSince;
    private long? _belowSince;
    private bool _isTooMuch;

    /// <summary>Whether something new may begin. To be asked each time: it learns from that.</summary>
    /// <param name="underWay">How much is under way.</param>
    /// <param name="share">How many times the mark is this one's.</param>
    internal bool HasRoom(int underWay, int share)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (underWay >= mark)
            {
                _belowSince = null;
                _aboveSince ??= now;
                _isTooMuch |= time.GetElapsedTime(_aboveSince.Value, now) >= TooLong;
            }
            else
            {
                _aboveSince = null;
                _belowSince ??= now;
                _isTooMuch &= time.GetElapsedTime(_belowSince.Value, now) < CalmAfter;
            }

            return underWay < mark * share * (_isTooMuch ? 1 : Rush);
        }
    }
}
