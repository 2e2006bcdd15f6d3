using System.Collections.Immutable;
using AriDialer.Calls.Routing;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Voicemail;

/// <summary>What a caller hears who may leave a message.</summary>
internal sealed class Greetings(MailboxRoom room, IOptions<VoicemailOptions> options)
{
    private static readonly ImmutableArray<string> Full = ["sound:vm-mailboxfull", "sound:vm-goodbye"];

    /// <summary>Has the caller leave a message for a person, or hear that their mailbox takes none.</summary>
    public async Task<TakeMessage> TakeMessageForAsync(
        Journey journey, Colleague owner, CallSettings wishes, bool isOnPhone, CancellationToken cancellationToken)
    {
        var hasRoom = await room.TakesMessageAsync(owner.UserId, cancellationToken);
        return new TakeMessage(
            journey.Direction, journey.Caller, owner.AsParty(), owner.UserId,
            hasRoom ? For(journey.Team is null ? owner.Number : null, owner, wishes, isOnPhone) : Full,
            hasRoom ? options.Value.LongestMessage : null)
        {
            Team = journey.Team,
        };
    }

    /// <summary>Has a person record their own greeting: a message to themselves.</summary>
    public TakeMessage TakeGreetingOf(Colleague person) => new(
        CallDirection.Internal, person.AsParty(), new CallParty(null, VoicemailNames.GreetingExtension, "Voicemail greeting"), person.UserId,
        ["sound:vm-rec-unv"], options.Value.LongestMessage);

    // Who called a team is not told of a number that they did not call.
    private static ImmutableArray<string> For(string? called, Colleague owner, CallSettings wishes, bool isOnPhone) => (wishes.GreetingAt, called) switch
    {
        (not null, _) => [$"recording:{VoicemailNames.GreetingOf(owner.UserId)}"],
        (null, { } number) =>
            ["sound:vm-theperson", $"digits:{number.TrimStart('+')}", isOnPhone ? "sound:vm-isonphone" : "sound:vm-isunavail", "sound:vm-intro"],
        _ => ["sound:vm-nobodyavail", "sound:vm-intro"],
    };
}
