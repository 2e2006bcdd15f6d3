using System.Collections.Concurrent;

namespace AriDialer.Calls;

/// <summary>
/// Which phones are connected, said by whoever carries their connections. The sound of a call does not need them; but where one is
/// lost and nothing is heard from the phone either, its person has vanished.
/// </summary>
/// <param name="time">Measures how long one has been lost.</param>
public sealed class PhoneConnections(TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly ConcurrentDictionary<string, Phone> _phones = new();

    /// <summary>Raised when a connection was lost. Listeners do not wait and do not throw.</summary>
    internal event Action? Lost;

    /// <summary>Says that a phone is connected, until the result is disposed. One phone may have several connections.</summary>
    /// <param name="endpoint">Its PJSIP endpoint.</param>
    public IDisposable Open(string endpoint)
    {
        _phones.AddOrUpdate(endpoint, static _ => new Phone(1, 0, 0, default), static (_, phone) => phone with { Open = phone.Open + 1 });
        return new Connection(this, endpoint);
    }

    /// <summary>
    /// Says that a phone was connected before this process began: that connection is lost, also where the phone was quicker and has
    /// another one by now.
    /// </summary>
    /// <param name="endpoint">Its PJSIP endpoint.</param>
    public void Expect(string endpoint) => _phones.AddOrUpdate(
        endpoint,
        _ => new Phone(0, 1, time.GetTimestamp(), _startedAt),
        (_, phone) => phone.Losses > 0 ? phone : phone with { Losses = 1, LostOn = _startedAt });

    /// <summary>True for a phone that was connected, or should be, and is not.</summary>
    internal bool IsLost(string endpoint) => _phones.TryGetValue(endpoint, out var phone) && phone.Open == 0;

    /// <summary>How many connections the phone has lost. That it has another one by now says nothing about who held the one before.</summary>
    internal int LossesOf(string endpoint) => _phones.TryGetValue(endpoint, out var phone) ? phone.Losses : 0;

    /// <summary>True where the phone has lost a connection after this moment: what was begun over it before cannot be answered over another one.</summary>
    internal bool HasLostSince(string endpoint, DateTimeOffset moment) => _phones.TryGetValue(endpoint, out var phone) && phone.Losses > 0 && phone.LostOn > moment;

    /// <summary>Forgets what was lost long ago and is in no call.</summary>
    internal void Forget(IReadOnlySet<string> exceptEndpoints)
    {
        foreach (var (endpoint, phone) in _phones)
        {
            if (phone.Open == 0 && time.GetElapsedTime(phone.LostAt) > Remembered && !exceptEndpoints.Contains(endpoint))
            {
                _phones.TryRemove(KeyValuePair.Create(endpoint, phone));
            }
        }
    }

    private void Close(string endpoint)
    {
        var (now, on) = (time.GetTimestamp(), time.GetUtcNow());
        _phones.AddOrUpdate(endpoint, new Phone(0, 1, now, on), (_, phone) => new Phone(Math.Max(0, phone.Open - 1), phone.Losses + 1, now, on));
        Lost?.Invoke();
    }

    private readonly record struct Phone(int Open, int Losses, long LostAt, DateTimeOffset LostOn);

    private sealed class Connection(PhoneConnections owner, string endpoint) : IDisposable
    {
        private int _closed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _closed, 1) == 0)
            {
                owner.Close(endpoint);
            }
        }
    }
}
