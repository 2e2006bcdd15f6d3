using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Profile;

/// <summary>What a person's choice comes to, or a sentence why it cannot be.</summary>
internal sealed record ForwardReading(CallForward? Forward, string? Sentence)
{
    public static implicit operator ForwardReading(CallForward forward) => new(forward, null);

    public static implicit operator ForwardReading(string sentence) => new(null, sentence);
}

/// <summary>Checks where a person wants calls to be sent on to.</summary>
internal sealed class ForwardReader(
    Colleagues colleagues, TeamBook teams, TelephoneNumbers numbers, NetworkRoutes network, IOptions<DialingOptions> dialing)
{
    public async Task<ForwardReading> ReadAsync(ForwardInput input, string userId, bool hasVoicemail, CancellationToken cancellationToken) => input.To switch
    {
        ForwardTo.Number => await ReadNumberAsync(input.Number, userId, cancellationToken),
        ForwardTo.Colleague => await ReadColleagueAsync(input.Colleague, userId, cancellationToken),
        ForwardTo.Voicemail when !hasVoicemail => "Your voicemail is off. Turn it on below, or choose something else.",
        ForwardTo.Voicemail => new CallForward(ForwardTo.Voicemail, null, null),
        _ => CallForward.Off,
    };

    private async Task<ForwardReading> ReadNumberAsync(string? text, string userId, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "Write the number.";

        if (await colleagues.ByIdAsync(userId, cancellationToken) is not { } me)
            return "Your account is gone.";

        switch (numbers.Read(text, me.Region ?? dialing.Value.DefaultRegion))
        {
            case ReadNumber { Number: var number } when number.E164 == me.Number:
                return "This is your own number. Calls for it would go round in circles.";
            case ReadNumber { Number: var number }:
                return network.ShownFor(me) is null && await colleagues.ByNumberAsync(number, cancellationToken) is null
                    && await teams.ByNumberAsync(number, cancellationToken) is null
                    ? "You have no number of your own to show outside. An administrator can give you one."
                    : new CallForward(ForwardTo.Number, number.E164, null);
            case NotANumber no:
                return no.Sentence;
            default:
                return "Calls are never sent on to an emergency number.";
        }
    }

    private async Task<ForwardReading> ReadColleagueAsync(string? colleague, string userId, CancellationToken cancellationToken) =>
        colleague is { Length: > 0 } && colleague != userId && await colleagues.ByIdAsync(colleague, cancellationToken) is { Disabled: false } found
            ? new CallForward(ForwardTo.Colleague, null, found.UserId)
            : "Choose a colleague of the list.";
}
