using System.Collections.Immutable;
using AriDialer.Calls.Routing;
using AriDialer.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Recording.Rules;

/// <summary>Which calls are recorded, and what the people in them hear before.</summary>
internal sealed class RecordingRules(IDbContextFactory<AppDbContext> databases, IOptions<AnnouncementOptions> announcement)
{
    private const string BeepSound = "sound:beep";

    /// <summary>The rules as they now are.</summary>
    public async Task<RuleBook> ReadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return new RuleBook(await database.RecordingRules.AsNoTracking()
            .Include(rule => rule.User)
            .OrderBy(rule => rule.Position).ThenBy(rule => rule.Id)
            .ToListAsync(cancellationToken));
    }

    /// <summary>What is recorded of a call that is about to ring. Where no rule fits, people in it may record it.</summary>
    public async Task<RecordingRule> ForAsync(RingTargets ring, CancellationToken cancellationToken)
    {
        var book = await ReadAsync(cancellationToken);
        return book.For(RuledCall.Of(ring)) switch
        {
            null => RecordingRule.OnDemand,
            { Mode: RecordingMode.Never } => RecordingRule.Never,
            var rule => new RecordingRule(Allowed: true, Starts: rule.Mode == RecordingMode.Always, AnnouncementOf(rule)),
        };
    }

    private ImmutableArray<string> AnnouncementOf(RecordingRuleEntry rule) =>
        [.. rule.Announce ? announcement.Value.Announcement : [], .. rule.Beep ? new[] { BeepSound } : []];
}
