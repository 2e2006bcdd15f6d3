using AriDialer.Calls.Demo;
using AriDialer.Web.Features.Dialing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Demo;

/// <summary>The button "Call me" of a demonstration.</summary>
internal sealed class DemoCalls(DemoCaller caller, Colleagues colleagues, IOptions<DemoOptions> options)
{
    /// <summary>A number of the pretend network.</summary>
    private const string From = "+442079460123";

    public async Task CallAsync(string userId, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
            throw new HubException("Only a demonstration can do this.");

        if (await colleagues.ByIdAsync(userId, cancellationToken) is not { Number: { } number })
            throw new HubException("You have no number that could be called. An administrator can give you one under People.");

        await caller.CallAsync(From, number, cancellationToken);
    }
}
