using System.Runtime.CompilerServices;
using AriDialer.Calls.Stasis;

namespace AriDialer.Web.Features.Live;

/// <summary>Whether Asterisk answers, and since when that is so.</summary>
internal sealed record AsteriskView(bool Connected, DateTimeOffset Since);

internal sealed partial class CallsHub
{
    /// <summary>Streams whether Asterisk answers: how it is, then each change.</summary>
    /// <param name="link">The connection to Asterisk.</param>
    /// <param name="cancellationToken">Cancelled when the page stops watching.</param>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "Hubs are called on an instance.")]
    public async IAsyncEnumerable<AsteriskView> WatchAsterisk(AsteriskLink link, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var state in link.WatchAsync(cancellationToken))
        {
            yield return new AsteriskView(state.IsConnected, state.Since);
        }
    }
}
