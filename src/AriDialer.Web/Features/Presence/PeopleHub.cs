using System.Runtime.CompilerServices;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace AriDialer.Web.Features.Presence;

/// <summary>The colleagues, live, for pages.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class PeopleHub(
    PresenceBoard board,
    PresenceDesk desk,
    OpenConnections connections,
    PersonPaces paces,
    Colleagues colleagues,
    IHubContext<PeopleHub> hub,
    TimeProvider time) : PageHub<PeopleHub>(connections, paces, colleagues, hub, time)
{
    /// <summary>Streams the busy lamps: everybody's, then those that change; and what this person chose.</summary>
    public async IAsyncEnumerable<PeopleMessage> Watch([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stream = BeginStream();
        using var watcher = board.Watch(UserId);
        await foreach (var message in watcher.ReadAsync(cancellationToken))
        {
            yield return message;
        }
    }

    /// <summary>Sets what colleagues see of this person while they are not on a call.</summary>
    public Task SetPresence(ChosenPresence chosen)
    {
        TakeTurn();
        return desk.ChooseAsync(UserId, chosen, Context.ConnectionAborted);
    }

    /// <summary>Puts a colleague first, or no longer.</summary>
    public async Task SetFavourite(string? personId, bool isFavourite)
    {
        TakeTurn();
        if (!await desk.SetFavouriteAsync(UserId, personId ?? "", isFavourite, Context.ConnectionAborted))
            throw new HubException("There is no such colleague.");
    }
}
