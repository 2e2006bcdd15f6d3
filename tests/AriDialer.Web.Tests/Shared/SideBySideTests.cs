using AriDialer.Web.Features.Shared;

namespace AriDialer.Web.Tests.Shared;

public sealed class SideBySideTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task OneFails_TheOthersEnd_AndItsFaultIsTold()
    {
        var ended = false;
        var running = SideBySide.RunAsync([ForEverAsync, FailAsync, _ => Task.CompletedTask], CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => running.WaitAsync(Soon));
        Assert.True(ended);

        async Task ForEverAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ended = true;
            cancellationToken.ThrowIfCancellationRequested();
        }

        static async Task FailAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("Nobody has thought of this.");
        }
    }

    [Fact]
    public async Task Ended_ByWhoRunsThem_IsNoFault()
    {
        using var stop = new CancellationTokenSource();
        var running = SideBySide.RunAsync([token => Task.Delay(Timeout.Infinite, token), _ => Task.CompletedTask], stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Soon));
        Assert.True(running.IsCanceled);
    }
}
