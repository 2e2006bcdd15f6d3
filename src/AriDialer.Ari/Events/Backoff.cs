namespace AriDialer.Ari.Events;

/// <summary>How long to wait before the next attempt: doubling from the first to the longest wait, with a fifth of jitter either way.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan most)
{
    private int _attempts;

    public TimeSpan Next()
    {
        var plain = Math.Min(most.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(_attempts, 30)));
        _attempts++;
        return TimeSpan.FromMilliseconds(plain * (0.8 + Random.Shared.NextDouble() * 0.4));
    }

    public void Reset() => _attempts = 0;
}
