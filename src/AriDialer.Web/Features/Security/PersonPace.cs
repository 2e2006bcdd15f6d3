using System.Collections.Concurrent;

namespace AriDialer.Web.Features.Security;

/// <summary>Each person's pace, over all the pages that they have open.</summary>
internal sealed class PersonPaces(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, PersonPace> _paces = new();

    public PersonPace Of(string userId) => _paces.GetOrAdd(userId, _ => new PersonPace(time));
}

/// <summary>
/// How fast one person's pages may ask, and how many streams they may follow at once: faster and more than any hand in many tabs that all
/// come back together, slower and fewer than a script that runs wild.
/// </summary>
internal sealed class PersonPace(TimeProvider time)
{
    private const double Most = 200;
    private const double PerSecond = 20;
    private const int MostStreams = 500;

    private readonly Lock _gate = new();
    private double _left = Most;
    private long _at = time.GetTimestamp();
    private int _streams;

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

    /// <summary>Takes one turn to follow a stream, until the result is disposed; null where it has to wait.</summary>
    public IDisposable? TryFollow()
    {
        if (Interlocked.Increment(ref _streams) <= MostStreams && TryTake())
            return new Stream(this);

        Interlocked.Decrement(ref _streams);
        return null;
    }

    private sealed class Stream(PersonPace pace) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref pace._streams);
    }
}
