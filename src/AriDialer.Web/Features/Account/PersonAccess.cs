using AriDialer.Web.Features.Phones;
using AriDialer.Web.Features.Security;

namespace AriDialer.Web.Features.Account;

/// <summary>Ends, at once, what a sign-in has opened: its phone in Asterisk, its SIP socket, its hub.</summary>
internal sealed class PersonAccess(PhoneSessions phones, OpenConnections connections, EndedSignIns ended, CallDirectory calls)
{
    /// <summary>Ends a sign-in, and with it every copy of its cookie.</summary>
    public async Task EndSignInAsync(string signInId)
    {
        // Before its phone is: who asks for another in between gets none. And not to be given up half-way because the page has gone.
        await ended.AddAsync(signInId);
        await phones.CloseSignInAsync(signInId, CancellationToken.None);
        await connections.EndSignInAsync(signInId, "You are signed out.");
    }

    /// <summary>Ends all that a person has, but for the sign-in that asked for it. The cookies end by themselves soon after, by their stamp.</summary>
    public async Task EndPersonAsync(string userId, string? exceptSignInId, string sentence)
    {
        await phones.ClosePersonAsync(userId, exceptSignInId, CancellationToken.None);
        await connections.EndPersonAsync(userId, exceptSignInId, sentence);
    }

    /// <summary>Ends the person's part in every call: the sound of a browser's call does not need what was ended.</summary>
    public async Task EndCallsAsync(string userId)
    {
        foreach (var call in calls.Live.Where(call => call.Legs.Any(leg => leg.State != LegState.Gone && leg.UserId == userId)))
        {
            await calls.ControlAsync(call.Id, new CallRequester(userId, MayControlAll: false), new CallControl.HangUp());
        }
    }

    /// <summary>Ends a sign-in's phone: its page gets another by itself. A call at it goes on, and with it the phone.</summary>
    public async Task RenewPhoneAsync(string signInId)
    {
        if (await phones.EndpointOfAsync(signInId, CancellationToken.None) is not { } endpoint
            || calls.Live.Any(call => call.Legs.Any(leg => leg.State != LegState.Gone && leg.Endpoint == endpoint)))
            return;

        await phones.CloseSignInAsync(signInId, CancellationToken.None);
        await connections.EndPhonesAsync(signInId);
    }
}
