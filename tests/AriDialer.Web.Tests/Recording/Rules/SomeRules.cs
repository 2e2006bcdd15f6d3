using System.Globalization;
using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Recording.Rules;

/// <summary>Rules told in words: "always alice inbound +44 announce beep 90; never @sales" are two.</summary>
internal static class SomeRules
{
    public static List<RecordingRuleEntry> Of(string rules, Func<string, string> idOf) =>
        [.. rules.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select((rule, i) => One(rule, i + 1, idOf))];

    /// <summary>Makes these the rules of the house, and no others.</summary>
    public static Task SetRulesAsync(this TestApp app, string rules, Func<string, string>? idOf = null) => app.WithDatabaseAsync(async database =>
    {
        await database.RecordingRules.ExecuteDeleteAsync();
        database.RecordingRules.AddRange(Of(rules, idOf ?? (name => name)));
        return await database.SaveChangesAsync();
    });

    private static RecordingRuleEntry One(string text, int position, Func<string, string> idOf)
    {
        var rule = new RecordingRuleEntry { Id = position, Position = position, Mode = RecordingMode.OnDemand };
        foreach (var word in text.Split(' '))
        {
            switch (word)
            {
                case "never": rule.Mode = RecordingMode.Never; break;
                case "demand": break;
                case "always": rule.Mode = RecordingMode.Always; break;
                case "inbound": rule.Direction = CallDirection.Inbound; break;
                case "outbound": rule.Direction = CallDirection.Outbound; break;
                case "internal": rule.Direction = CallDirection.Internal; break;
                case "announce": rule.Announce = true; break;
                case "beep": rule.Beep = true; break;
                case ['@', .. var team]: rule.TeamId = idOf(team); break;
                case ['+', ..]: rule.NumberBegins = word; break;
                case [>= '0' and <= '9', ..]: rule.KeepDays = int.Parse(word, CultureInfo.InvariantCulture); break;
                default: rule.UserId = idOf(word); break;
            }
        }

        return rule;
    }
}
