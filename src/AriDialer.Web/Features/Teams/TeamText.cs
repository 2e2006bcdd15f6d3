using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Teams;

/// <summary>A team in words.</summary>
internal sealed class TeamText(TelephoneNumbers numbers, IOptions<DialingOptions> dialing)
{
    /// <summary>A number as the house writes it.</summary>
    public string Number(string e164) => numbers.Format(e164, dialing.Value.DefaultRegion);

    /// <summary>What happens where nobody takes a call.</summary>
    /// <param name="forward">The team's wish.</param>
    /// <param name="nameOf">What a person is called; null where they are gone.</param>
    public string Unanswered(CallForward forward, Func<string, string?> nameOf) => forward switch
    {
        { To: ForwardTo.Number, Number: { } number } => $"rings {Number(number)}",
        { To: ForwardTo.Colleague, UserId: { } userId } when nameOf(userId) is { } name => $"rings {name}",
        { To: ForwardTo.Voicemail, UserId: { } userId } when nameOf(userId) is { } name => $"voicemail of {name}",
        _ => "nobody else is rung",
    };

    /// <summary>The whole of it, such as "Sales, +12025550110: Alice, Bob; nobody answers: voicemail of Alice".</summary>
    public string Of(Team team, Func<string, string?> nameOf) =>
        $"{team.Name}, {team.Number ?? "no number"}: "
        + (team.Members.Count == 0 ? "nobody" : string.Join(", ", team.Members.Select(member => nameOf(member.UserId)).Order()))
        + $"; nobody answers: {Unanswered(team.WhenUnanswered, nameOf)}";
}
