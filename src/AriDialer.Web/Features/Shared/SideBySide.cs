namespace AriDialer.Web.Features.Shared;

/// <summary>The loops of one job.</summary>
internal static class SideBySide
{
    /// <summary>
    /// Runs them until each has ended. The first that fails ends the others, and the job with it: half a job that goes on without the
    /// other half would say nothing of it.
    /// </summary>
    public static async Task RunAsync(IEnumerable<Func<CancellationToken, Task>> loops, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(loops.Select(OrEndAsync));

        async Task OrEndAsync(Func<CancellationToken, Task> loop)
        {
            try
            {
                await loop(either.Token);
            }
            catch
            {
                await either.CancelAsync();
                throw;
            }
        }
    }
}
