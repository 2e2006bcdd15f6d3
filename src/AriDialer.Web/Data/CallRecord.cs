namespace AriDialer.Web.Data;

/// <summary>One call in the history: one row from its first moment, updated as it goes.</summary>
internal sealed class CallRecord
{
    /// <summary>The call's id, the same as on the live page and in Asterisk's channel ids.</summary>
    public required string Id { get; set; }

    /// <summary>The run of the application that wrote the row last; versions are compared within one run only.</summary>
    public required string Run { get; set; }

    public long Version { get; set; }

    public CallDirection Direction { get; set; }

    public CallState State { get; set; }

    public string? CallerUserId { get; set; }

    public string? CallerNumber { get; set; }

    public string? CallerName { get; set; }

    public string? CalleeUserId { get; set; }

    public string? CalleeNumber { get; set; }

    public string? CalleeName { get; set; }

    /// <summary>The team that was called, whoever took the call then; null where none was, and once the team is gone.</summary>
    public string? TeamId { get; set; }

    /// <summary>What the team was called then.</summary>
    public string? TeamName { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset? RingingAt { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public EndedBy? EndedBy { get; set; }

    /// <summary>One of <see cref="EndReasons"/>; null until the call has ended.</summary>
    public string? Reason { get; set; }

    /// <summary>Asterisk's Q.850 cause, 0 where none was given.</summary>
    public int? Cause { get; set; }

    public string? EndedByUserId { get; set; }

    /// <summary>The end was found later, not seen as it happened.</summary>
    public bool Estimated { get; set; }

    /// <summary>How many lines its timeline has.</summary>
    public int EventCount { get; set; }

    /// <summary>The last change of this run whose lines the timeline has: what is told again after an unsure commit is not written twice.</summary>
    public long EventsUpTo { get; set; }

    public List<CallEvent> Events { get; } = [];

    public List<CallParticipant> Participants { get; } = [];

    public List<CallNote> Notes { get; } = [];

    /// <summary>How long the two sides talked; null where they did not, or still do.</summary>
    public TimeSpan? Duration => AnsweredAt is { } answered && EndedAt is { } ended ? ended - answered : null;
}
