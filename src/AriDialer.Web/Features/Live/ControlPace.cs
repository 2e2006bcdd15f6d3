namespace AriDialer.Web.Features.Live;

/// <summary>How fast one page may ask: faster than any hand, slower than a script that runs wild.</summary>
internal sealed class ControlPace(TimeProvider time)
{
    private const double Most = 40;
    private const double PerSecond = 10;

    private readonly Lock _gate = new();
    private double _left = Most;
    private long _at = time.GetTimestamp();

    /// <summary>Takes one turn; false where it has to wait.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(Most, _left + time.GetElapsedTime(_at, now).TotalSeconds * PerSecond);
            _at = now;
            if (_left < 1)
                return false;

            _left--;
            return true;
        }
    }
}
