using System.Collections.Immutable;
using System.Threading.Channels;

namespace AriDialer.Calls;

/// <summary>One thing that happened: the call as it now is.</summary>
/// <param name="Sequence">Rises by one with each change of any call, since the application started.</param>
/// <param name="Call">The call after the change.</param>
/// <param name="Moments">What the change adds to the call's timeline.</param>
public sealed record CallChange(long Sequence, CallSnapshot Call, ImmutableArray<CallMoment> Moments);

/// <summary>What happened to all calls, in order, to whoever listens. Nothing is dropped: a listener that must not lag reads and coalesces.</summary>
public sealed class CallFeed
{
    private readonly Lock _gate = new();
    private readonly List<Channel<CallChange>> _listeners = [];
    private long _sequence;

    /// <summary>Listens from now on. Disposing ends it.</summary>
    public Subscription Subscribe()
    {
        var channel = Channel.CreateUnbounded<CallChange>(new UnboundedChannelOptions { SingleReader = true });
        lock (_gate)
        {
            _listeners.Add(channel);
            return new Subscription(this, channel, _sequence);
        }
    }

    internal void Publish(CallSnapshot call, ImmutableArray<CallMoment> moments)
    {
        // The lock keeps the numbers in the order of delivery; writing to an unbounded channel does not wait.
        lock (_gate)
        {
            var change = new CallChange(++_sequence, call, moments);
            foreach (var listener in _listeners)
            {
                listener.Writer.TryWrite(change);
            }
        }
    }

    private void Remove(Channel<CallChange> channel)
    {
        lock (_gate)
        {
            _listeners.Remove(channel);
        }

        channel.Writer.TryComplete();
    }

    /// <summary>One listener's place in the feed.</summary>
    public sealed class Subscription : IDisposable
    {
        private readonly CallFeed _feed;
        private readonly Channel<CallChange> _channel;

        internal Subscription(CallFeed feed, Channel<CallChange> channel, long startsAfter)
        {
            _feed = feed;
            _channel = channel;
            StartsAfter = startsAfter;
        }

        /// <summary>The number of the last change before this subscription.</summary>
        public long StartsAfter { get; }

        /// <summary>The changes, from the next one on.</summary>
        public ChannelReader<CallChange> Changes => _channel.Reader;

        /// <summary>Ends the subscription.</summary>
        public void Dispose() => _feed.Remove(_channel);
    }
}
