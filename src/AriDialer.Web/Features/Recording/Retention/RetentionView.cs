using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Rules;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Recording.Retention;

/// <summary>What a reader of the page wants to see.</summary>
internal enum RetentionList
{
    /// <summary>What goes with the next sweep.</summary>
    Now,

    /// <summary>What goes in the thirty days after it.</summary>
    Soon,

    /// <summary>What is kept by legal hold, whatever the rules say.</summary>
    Held,
}

/// <summary>One line of the page.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Rule">The rule that its call fits.</param>
/// <param name="GoesAt">When its time is over; null where the rules keep it for ever.</param>
internal sealed record RetentionLine(KeptRecording Recording, RecordingRuleEntry? Rule, DateTimeOffset? GoesAt);

/// <summary>What would go now and soon, and what is held: all of it counted, and a page of one of the lists.</summary>
internal sealed record RetentionView(
    IReadOnlyDictionary<RetentionList, RecordingSum> Sums, IReadOnlyList<RetentionLine> Lines, RuleBook Book);

/// <summary>Makes the view. Nothing is changed by it.</summary>
internal sealed class RetentionViews(IDbContextFactory<AppDbContext> databases, DueRecordings due, RecordingRules rules, TimeProvider time)
{
    public const int SoonDays = 30;

    public async Task<RetentionView> ReadAsync(RetentionList list, int skip, int take, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var book = await rules.ReadAsync(cancellationToken);
        var lines = new List<RetentionLine>();
        var sums = new Dictionary<RetentionList, RecordingSum>();
        await foreach (var one in due.FindAsync(now.AddDays(SoonDays), cancellationToken))
        {
            var goes = one.GoesAt <= now ? RetentionList.Now : RetentionList.Soon;
            var sum = sums.GetValueOrDefault(goes);
            if (goes == list && sum.Count >= skip && lines.Count < take)
                lines.Add(new RetentionLine(one.Recording, one.Rule, one.GoesAt));
            sums[goes] = sum.With(one.Recording);
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var held = DueRecordings.Kept(database, onHold: true);
        sums[RetentionList.Held] = new RecordingSum(
            await held.CountAsync(cancellationToken), await held.SumAsync(recording => recording.Seconds, cancellationToken));
        if (list == RetentionList.Held)
        {
            lines = [.. (await held.Skip(skip).Take(take).ToListAsync(cancellationToken))
                .Select(recording => new RetentionLine(recording, book.For(RuledCall.Of(recording.Call)), DueRecording.Of(recording, book)?.GoesAt))];
        }

        return new RetentionView(sums, lines, book);
    }

    /// <summary>What the next sweep lets go.</summary>
    public async Task<RecordingSum> NowAsync(CancellationToken cancellationToken)
    {
        var sum = default(RecordingSum);
        await foreach (var one in due.FindAsync(time.GetUtcNow(), cancellationToken))
        {
            sum = sum.With(one.Recording);
        }

        return sum;
    }
}
