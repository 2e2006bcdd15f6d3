using AriDialer.Web.Data;
using AriDialer.Web.Features.People;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Recording.Rules;

/// <summary>What an administrator does to the rules: each act is written down, and takes effect with the next call.</summary>
internal sealed class RuleDesk(IDbContextFactory<AppDbContext> databases, RuleText words, AuditLog audit)
{
    /// <summary>A rule with its person and team; null where it is gone.</summary>
    public async Task<RecordingRuleEntry?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.RecordingRules.AsNoTracking().Include(rule => rule.User).Include(rule => rule.Team)
            .SingleOrDefaultAsync(rule => rule.Id == id, cancellationToken);
    }

    /// <summary>Adds a rule behind the others.</summary>
    public async Task AddAsync(RecordingRuleEntry rule, string actorId)
    {
        await using var database = await databases.CreateDbContextAsync();
        rule.Position = (await database.RecordingRules.MaxAsync(other => (int?)other.Position) ?? 0) + 1;
        database.RecordingRules.Add(rule);
        await database.SaveChangesAsync();
        await audit.WriteAsync(actorId, AuditActions.RecordingRuleAdded, SubjectOf(rule), await DescribeAsync(database, rule));
    }

    /// <summary>Changes a rule.</summary>
    /// <returns>False where it is gone.</returns>
    public async Task<bool> ChangeAsync(long id, Action<RecordingRuleEntry> change, string actorId)
    {
        await using var database = await databases.CreateDbContextAsync();
        if (await database.RecordingRules.SingleOrDefaultAsync(rule => rule.Id == id) is not { } rule)
            return false;

        var before = await DescribeAsync(database, rule);
        change(rule);
        await database.SaveChangesAsync();
        await audit.WriteAsync(actorId, AuditActions.RecordingRuleChanged, SubjectOf(rule), $"{await DescribeAsync(database, rule)} (before: {before})");
        return true;
    }

    /// <summary>Moves a rule one place up or down; one that is at the end stays.</summary>
    public async Task MoveAsync(long id, bool up, string actorId)
    {
        await using var database = await databases.CreateDbContextAsync();
        var rules = await InOrderAsync(database);
        var from = rules.FindIndex(rule => rule.Id == id);
        var to = up ? from - 1 : from + 1;
        if (from < 0 || to < 0 || to == rules.Count)
            return;

        (rules[from], rules[to]) = (rules[to], rules[from]);
        await RenumberAsync(database, rules);
        await audit.WriteAsync(
            actorId, AuditActions.RecordingRuleMoved, SubjectOf(rules[to]), $"{await DescribeAsync(database, rules[to])} (from place {from + 1} to {to + 1})");
    }

    /// <summary>Deletes a rule, if it is there.</summary>
    public async Task DeleteAsync(long id, string actorId)
    {
        await using var database = await databases.CreateDbContextAsync();
        var rules = await InOrderAsync(database);
        if (rules.Find(one => one.Id == id) is not { } rule)
            return;

        var what = await DescribeAsync(database, rule);
        rules.Remove(rule);
        database.RecordingRules.Remove(rule);
        await RenumberAsync(database, rules);
        await audit.WriteAsync(actorId, AuditActions.RecordingRuleDeleted, SubjectOf(rule), what);
    }

    private static Task<List<RecordingRuleEntry>> InOrderAsync(AppDbContext database) =>
        database.RecordingRules.OrderBy(rule => rule.Position).ThenBy(rule => rule.Id).ToListAsync();

    private static async Task RenumberAsync(AppDbContext database, List<RecordingRuleEntry> rules)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            rules[i].Position = i + 1;
        }

        await database.SaveChangesAsync();
    }

    private static string SubjectOf(RecordingRuleEntry rule) => rule.UserId ?? rule.TeamId ?? "";

    private async Task<string> DescribeAsync(AppDbContext database, RecordingRuleEntry rule)
    {
        await database.Entry(rule).Reference(one => one.User).LoadAsync();
        await database.Entry(rule).Reference(one => one.Team).LoadAsync();
        return words.Of(rule);
    }
}
