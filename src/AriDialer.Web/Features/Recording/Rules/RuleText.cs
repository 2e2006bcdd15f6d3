using AriDialer.Web.Data;

namespace AriDialer.Web.Features.Recording.Rules;

/// <summary>A rule in words.</summary>
internal sealed class RuleText(NumberBeginnings numbers)
{
    /// <summary>What holds where there is no rule.</summary>
    public const string WithoutRule = "on demand, nothing announced, kept for ever";

    public static readonly IReadOnlyDictionary<CallDirection, string> Directions = new Dictionary<CallDirection, string>
    {
        [CallDirection.Inbound] = "Calls from the network",
        [CallDirection.Outbound] = "Calls to the network",
        [CallDirection.Internal] = "Calls between people here",
    };

    /// <summary>The whole of it, such as "Calls from the network for Alice with +49… (Germany): always, announced, beep, kept 90 days".</summary>
    public string Of(RecordingRuleEntry rule) => $"{Calls(rule)}: {Recording(rule)}, {Kept(rule)}";

    /// <summary>Which calls it is for. The rule's person and team are to be loaded.</summary>
    public string Calls(RecordingRuleEntry rule)
    {
        var calls = rule.Direction is { } direction ? Directions[direction] : rule.UserId is null && rule.TeamId is null && rule.NumberBegins is null ? "All calls" : "Calls";
        var person = (rule.User?.DisplayName, rule.Direction) switch
        {
            (null, _) => "",
            ({ } name, CallDirection.Inbound) => $" for {name}",
            ({ } name, CallDirection.Outbound) => $" by {name}",
            ({ } name, _) => $" of {name}",
        };
        var team = rule.Team is { } named ? $" to the team {named.Name}" : "";
        return calls + team + person + (rule.NumberBegins is { } begins ? $" with {Number(begins)}" : "");
    }

    /// <summary>What happens in them.</summary>
    public static string Recording(RecordingRuleEntry rule) => rule.Mode switch
    {
        RecordingMode.Never => "never",
        RecordingMode.Always => "always" + Heard(rule),
        _ => "on demand" + Heard(rule),
    };

    /// <summary>How long their recordings are kept.</summary>
    public static string Kept(RecordingRuleEntry rule) => rule.KeepDays switch
    {
        null => "kept for ever",
        1 => "kept 1 day",
        { } days => $"kept {days} days",
    };

    private static string Heard(RecordingRuleEntry rule) => (rule.Announce ? ", announced" : "") + (rule.Beep ? ", beep" : "");

    private string Number(string begins) => numbers.CountryOf(begins) is { } country ? $"{begins}… ({country})" : $"{begins}…";
}
