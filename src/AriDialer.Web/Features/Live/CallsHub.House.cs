using System.Runtime.CompilerServices;
using AriDialer.Calls.Stasis;
using AriDialer.Web.Features.Account;
using Microsoft.AspNetCore.SignalR;

namespace AriDialer.Web.Features.Live;

/// <summary>Whether Asterisk answers, and since when that is so.</summary>
internal sealed record AsteriskView(bool Connected, DateTimeOffset Since);

// How the house is: what is of no single call.
internal sealed partial class CallsHub
{
    /// <summary>Streams whether Asterisk answers: how it is, then each change.</summary>
    /// <param name="link">The connection to Asterisk.</param>
    /// <param name="cancellationToken">Cancelled when the page stops watching.</param>
    public async IAsyncEnumerable<AsteriskView> WatchAsterisk(AsteriskLink link, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stream = BeginStream();
        await foreach (var state in link.WatchAsync(cancellationToken))
        {
            yield return new AsteriskView(state.IsConnected, state.Since);
        }
    }

    /// <summary>Streams how many calls there was no room for: how it is, then each second in which that changed. For those who see all calls.</summary>
    /// <param name="admission">Who refuses them.</param>
    /// <param name="cancellationToken">Cancelled when the page stops watching.</param>
    public async IAsyncEnumerable<RefusedView> WatchRefused(Admission admission, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stream = BeginStream();
        if (!Context.User!.SeesAll())
            throw new HubException("Only supervisors see everybody's calls.");

        await foreach (var refused in admission.WatchRefusedAsync(cancellationToken))
        {
            yield return RefusedView.Of(refused, _time.GetUtcNow());
        }
    }
}
