using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Rules;

namespace AriDialer.Web.Features.Recording.Retention;

/// <summary>A recording that can be played, and its call.</summary>
internal sealed record KeptRecording
{
    public required string Id { get; init; }

    public required double Seconds { get; init; }

    public required CallRecord Call { get; init; }
}

/// <summary>A recording that a rule lets go.</summary>
/// <param name="Recording">It, and its call.</param>
/// <param name="Rule">The rule that its call fits.</param>
/// <param name="GoesAt">When its time is over.</param>
internal sealed record DueRecording(KeptRecording Recording, RecordingRuleEntry Rule, DateTimeOffset GoesAt)
{
    /// <summary>What the rules say about a recording; null where they keep it for ever, or its call goes on.</summary>
    public static DueRecording? Of(KeptRecording recording, RuleBook book) =>
        recording.Call.EndedAt is { } ended && book.For(RuledCall.Of(recording.Call)) is { KeepDays: { } days } rule
            ? new DueRecording(recording, rule, ended.AddDays(days))
            : null;
}

/// <summary>How many, and how long all of them together.</summary>
internal readonly record struct RecordingSum(int Count, double Seconds)
{
    public TimeSpan Length => TimeSpan.FromSeconds(Seconds);

    public RecordingSum With(KeptRecording recording) => new(Count + 1, Seconds + recording.Seconds);
}

/// <summary>What a sweep has done.</summary>
/// <param name="Gone">What was let go.</param>
/// <param name="Failed">How many could not be, and are tried again the next time.</param>
internal sealed record SweepResult(RecordingSum Gone, int Failed);
