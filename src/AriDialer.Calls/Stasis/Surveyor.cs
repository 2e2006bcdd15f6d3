using System.Collections.Immutable;
using AriDialer.Ari;
using Microsoft.Extensions.Options;

namespace AriDialer.Calls.Stasis;

/// <summary>Looks up what Asterisk has of one call's channels.</summary>
internal sealed class Surveyor(AriClient ari, IOptions<AriOptions> options)
{
    /// <returns>The channels that exist, those outside our application as gone; null where Asterisk could not be asked.</returns>
    internal async Task<ImmutableArray<SeenChannel>?> SeeAsync(ImmutableArray<string> channelIds, CancellationToken cancellationToken)
    {
        var seen = ImmutableArray.CreateBuilder<SeenChannel>(channelIds.Length);
        foreach (var id in channelIds)
        {
            try
            {
                var channel = await ari.Channels.GetAsync(id, cancellationToken);
                seen.Add(channel.IsIn(options.Value.App) ? channel.ToSeen() : new SeenChannel(id, LegState.Gone));
            }
            catch (AriException e) when (e.Kind == AriErrorKind.Gone)
            {
                // Left out: it does not exist.
            }
            catch (AriException)
            {
                return null;
            }
        }

        return seen.ToImmutable();
    }
}
