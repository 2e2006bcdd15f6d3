using AriDialer.Web.Features.Phones;
using AriDialer.Web.Features.Security;

namespace AriDialer.Web.Features.Account;

/// <summary>Ends, at once, what a sign-in has opened: its phone in Asterisk, its SIP socket, its hub. The cookie ends by itself soon after.</summary>
internal sealed class PersonAccess(PhoneSessions phones, OpenConnections connections)
{
    public async Task EndSignInAsync(string signInId)
    {
        // Not to be given up half-way because the page has gone.
        await phones.CloseSignInAsync(signInId, CancellationToken.None);
        await connections.EndSignInAsync(signInId, "You are signed out.");
    }

    /// <summary>Ends all that a person has, but for the sign-in that asked for it.</summary>
    public async Task EndPersonAsync(string userId, string? exceptSignInId, string sentence)
    {
        await phones.ClosePersonAsync(userId, exceptSignInId, CancellationToken.None);
        await connections.EndPersonAsync(userId, exceptSignInId, sentence);
    }
}
