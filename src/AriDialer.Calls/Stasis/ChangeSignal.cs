using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AriDialer.Calls.Stasis;

/// <summary>Says that something is not as it was, to whoever watches it.</summary>
internal sealed class ChangeSignal
{
    private event Action? Raised;

    internal void Raise() => Raised?.Invoke();

    /// <summary>What is so at this moment, and each time that it changes; only the newest for who reads slowly.</summary>
    /// <param name="now">Reads what is so.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async IAsyncEnumerable<T> WatchAsync<T>(Func<T> now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Wake() => changes.Writer.TryWrite(true);
        Raised += Wake;
        try
        {
            yield return now();
            await foreach (var _ in changes.Reader.ReadAllAsync(cancellationToken))
            {
                yield return now();
            }
        }
        finally
        {
            Raised -= Wake;
        }
    }
}
