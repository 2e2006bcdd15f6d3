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
            .Include(rule => rule.User).Include(rule => rule.Team)
            .OrderBy(rule => rule.Position).ThenBy(rule => rule.Id)
            .ToListAsync(cancellationToken));
    }

    /// <summary>
    /// Says of a call that is about to ring what is recorded of it. Where no rule fits, people in it may record it. Of a team each may
    /// have a rule of their own: it counts if they answer.
    /// </summary>
    public async Task<RingTargets> ApplyAsync(RingTargets ring, CancellationToken cancellationToken)
    {
        var book = await ReadAsync(cancellationToken);
        var call = RuledCall.Of(ring);
        var rule = book.For(call);
        return ring with
        {
            Recording = RecordingBy(rule),
            Targets =
            [
                .. ring.Targets.Select(target => target.Party is { UserId: { } userId } && book.For(call with { CalleeUserId = userId }) is var own && own != rule
                    ? target with { Recording = RecordingBy(own) }
                    : target),
            ],
        };
    }

    private RecordingRule RecordingBy(RecordingRuleEntry? rule) => rule switch
    {
        null => RecordingRule.OnDemand,
        { Mode: RecordingMode.Never } => RecordingRule.Never,
        _ => new RecordingRule(Allowed: true, Starts: rule.Mode == RecordingMode.Always, AnnouncementOf(rule)),
    };

    private ImmutableArray<string> AnnouncementOf(RecordingRuleEntry rule) =>
        [.. rule.Announce ? announcement.Value.Announcement : [], .. rule.Beep ? new[] { BeepSound } : []];
}
