using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace AriDialer.Web.Features.Voicemail;

/// <summary>Tells a person's pages how many new messages there are: on connecting, and whenever it changes.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class VoicemailHub(
    Mailbox mailbox, OpenConnections connections, PersonPaces paces, Colleagues colleagues, IHubContext<VoicemailHub> hub, TimeProvider time)
    : PageHub<VoicemailHub>(connections, paces, colleagues, hub, time)
{
    public override async Task OnConnectedAsync()
    {
        await base.OnConnectedAsync();
        await Clients.Caller.SendAsync(VoicemailNews.Message, await mailbox.CountNewAsync(UserId, Context.ConnectionAborted), false);
    }
}

/// <summary>Tells the pages of whoever's mailbox has changed.</summary>
internal sealed class VoicemailNews(IHubContext<VoicemailHub> hub)
{
    /// <summary>What pages listen for: the number of new messages, and whether something has come that an open page does not show.</summary>
    public const string Message = "Mailbox";

    public Task TellAsync(string userId, int newMessages, bool hasCome) => hub.Clients.User(userId).SendAsync(Message, newMessages, hasCome);
}
