using AriDialer.Ari.Events;

namespace AriDialer.Ari.Tests.Events;

public sealed class BackoffTests
{
    [Fact]
    public void Next_AttemptAfterAttempt_DoublesUpToTheMostWithJitter()
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));
        int[] plain = [200, 400, 800, 1600, 3200, 5000, 5000, 5000];
        Assert.All(plain, milliseconds => Assert.InRange(backoff.Next().TotalMilliseconds, milliseconds * 0.8, milliseconds * 1.2));

        backoff.Reset();
        Assert.InRange(backoff.Next().TotalMilliseconds, 160, 240);
    }

    [Fact]
    public void Next_ForEver_StaysWithinTheMost()
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));
        var waits = Enumerable.Range(0, 10_000).Select(_ => backoff.Next().TotalMilliseconds).ToList()[10..];
        Assert.All(waits, wait => Assert.InRange(wait, 4000, 6000));
        Assert.True(waits.Distinct().Count() > 1000);
    }
}
