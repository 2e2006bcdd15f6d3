using System.Diagnostics;

namespace AriDialer.EndToEnd.House;

/// <summary>Waits for what is bound to come, looking often and giving up late.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns the first value that is not null; fails with what <paramref name="otherwise"/> tells.</summary>
    public static async Task<T> FindAsync<T>(Func<Task<T?>> look, Func<string> otherwise, TimeSpan? patience = null) where T : class
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            if (await look() is { } found)
                return found;
            Assert.True(Stopwatch.GetElapsedTime(started) < (patience ?? Patience), otherwise());
            await Task.Delay(Pause);
        }
    }

    public static Task TrueAsync(Func<Task<bool>> look, Func<string> otherwise, TimeSpan? patience = null) =>
        FindAsync(async () => await look() ? "" : null, otherwise, patience);
}
