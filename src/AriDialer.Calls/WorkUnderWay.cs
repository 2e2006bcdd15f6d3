namespace AriDialer.Calls;

/// <summary>
/// How much is being done for calls at this moment: requests to Asterisk that have no answer yet, and questions whom to ring. Divided by
/// what the machine gets done in a second, that is how long the next one takes (Little's law): as long as it stays small, calls are quick.
/// </summary>
internal sealed class WorkUnderWay
{
    private int _count;

    internal int Count => Volatile.Read(ref _count);

    /// <summary>One more, until the result is disposed of. Once.</summary>
    internal Piece Begin()
    {
        Interlocked.Increment(ref _count);
        CallMetrics.UnderWay.Add(1);
        return new Piece(this);
    }

    /// <summary>A piece of work.</summary>
    internal readonly struct Piece(WorkUnderWay work) : IDisposable
    {
        /// <summary>It is done.</summary>
        public void Dispose()
        {
            Interlocked.Decrement(ref work._count);
            CallMetrics.UnderWay.Add(-1);
        }
    }
}
