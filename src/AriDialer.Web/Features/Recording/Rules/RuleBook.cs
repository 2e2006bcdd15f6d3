using AriDialer.Web.Data;

namespace AriDialer.Web.Features.Recording.Rules;

/// <summary>The rules in their order: the first that fits a call decides about it.</summary>
internal sealed class RuleBook(IReadOnlyList<RecordingRuleEntry> rules)
{
    public IReadOnlyList<RecordingRuleEntry> Rules => rules;

    /// <summary>Of the rules that let recordings go at all: after how many days the first does; null where none does.</summary>
    public int? ShortestKeepDays => rules.Min(rule => rule.KeepDays);

    /// <summary>The rule for a call; null where none fits.</summary>
    public RecordingRuleEntry? For(RuledCall call) => rules.FirstOrDefault(rule => Fits(rule, call));

    /// <summary>An earlier rule that takes every call of this one, which therefore never decides; null where there is none.</summary>
    public RecordingRuleEntry? Hiding(RecordingRuleEntry rule) => rules.TakeWhile(earlier => earlier.Id != rule.Id).FirstOrDefault(earlier =>
        (earlier.UserId is null || earlier.UserId == rule.UserId)
        && (earlier.TeamId is null || earlier.TeamId == rule.TeamId)
        && (earlier.Direction is null || earlier.Direction == rule.Direction)
        && (earlier.NumberBegins is null || Begins(rule.NumberBegins, earlier.NumberBegins)));

    private static bool Fits(RecordingRuleEntry rule, RuledCall call) =>
        (rule.UserId is null || rule.UserId == call.CallerUserId || rule.UserId == call.CalleeUserId)
        && (rule.TeamId is null || rule.TeamId == call.TeamId)
        && (rule.Direction is null || rule.Direction == call.Direction)
        && (rule.NumberBegins is null || Begins(call.OtherNumber, rule.NumberBegins));

    private static bool Begins(string? number, string beginning) => number?.StartsWith(beginning, StringComparison.Ordinal) == true;
}
