using System.Collections.Immutable;

namespace AriDialer.Calls;

/// <summary>What may be recorded of a call, what is by itself, and what its people hear before.</summary>
/// <param name="Allowed">True where it may be recorded at all.</param>
/// <param name="Starts">True where recording begins by itself once the call is connected; else a person begins it.</param>
/// <param name="Announcement">Asterisk's media URIs that everybody in the call hears before it begins; empty for none.</param>
public sealed record RecordingRule(bool Allowed, bool Starts, ImmutableArray<string> Announcement)
{
    /// <summary>Nothing is recorded by itself, and nothing is announced.</summary>
    public static RecordingRule OnDemand { get; } = new(Allowed: true, Starts: false, Announcement: []);

    /// <summary>Nothing may be recorded.</summary>
    public static RecordingRule Never { get; } = new(Allowed: false, Starts: false, Announcement: []);
}

/// <summary>What a call's recording is doing.</summary>
public enum RecordingState
{
    /// <summary>It has ended, or has not begun.</summary>
    Off,

    /// <summary>The people in the call are being told; nothing is recorded yet.</summary>
    Announcing,

    /// <summary>Everybody in the call is recorded.</summary>
    On,

    /// <summary>Nothing is recorded until it is resumed.</summary>
    Paused,
}

/// <summary>The recording of a call, at one moment.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="ByUserId">Who began it; null where a rule did.</param>
/// <param name="AnnouncedAt">When the announcement was over, played to its end; null where it was not, or there was none.</param>
/// <param name="Tracks">What Asterisk has recorded and records: a file for each leg and each stretch of time. After a restart without those that were over before.</param>
/// <param name="Pauses">When nothing was recorded because somebody wanted it so.</param>
public sealed record CallRecording(
    RecordingState State,
    string? ByUserId,
    DateTimeOffset? AnnouncedAt,
    ImmutableArray<RecordingTrack> Tracks,
    ImmutableArray<RecordingPause> Pauses)
{
    /// <summary>What Asterisk's clock is ahead of ours, as far as is known.</summary>
    public TimeSpan ClockAhead { get; init; }
}

/// <summary>One file that Asterisk records: what one leg says, from its beginning to its end.</summary>
/// <param name="Name">The name of Asterisk's stored recording.</param>
/// <param name="ChannelId">The leg's channel.</param>
/// <param name="UserId">The person of ours at it; null for the other side.</param>
/// <param name="IsCaller">True for who began the call.</param>
/// <param name="StartedAt">When its first sample was taken, by Asterisk's clock; null while that is not known.</param>
/// <param name="IsOver">True once nothing is added to it any more.</param>
public sealed record RecordingTrack(string Name, string ChannelId, string? UserId, bool IsCaller, DateTimeOffset? StartedAt, bool IsOver)
{
    /// <summary>True where it ended by itself, before it should have: the disk was full, say.</summary>
    public bool IsBroken { get; init; }

    /// <summary>When its last sample was taken, by Asterisk's clock; null where nobody saw it.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>A pause of a recording.</summary>
/// <param name="From">When it began, by Asterisk's clock.</param>
/// <param name="To">When it ended; null while it lasts.</param>
public sealed record RecordingPause(DateTimeOffset From, DateTimeOffset? To);
