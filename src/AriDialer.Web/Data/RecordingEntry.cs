using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>How far a call's recording is.</summary>
internal enum RecordingStage
{
    /// <summary>The call goes on, and Asterisk has what was recorded so far.</summary>
    Recording,

    /// <summary>The call is over; its tracks are to be fetched and joined.</summary>
    Waiting,

    /// <summary>It can be played.</summary>
    Ready,

    /// <summary>Nothing of it was left to be joined.</summary>
    Failed,
}

/// <summary>What was recorded of a call: one a call, whatever it is made of.</summary>
internal sealed class RecordingEntry
{
    /// <summary>Random letters that nobody can guess; its file is called so too.</summary>
    public required string Id { get; set; }

    public required string CallId { get; set; }

    public RecordingStage Stage { get; set; }

    /// <summary>The person who began it; null where a rule did.</summary>
    public string? ByUserId { get; set; }

    /// <summary>When the announcement had been played to its end; null where it was not, or there was none.</summary>
    public DateTimeOffset? AnnouncedAt { get; set; }

    /// <summary>When its first sound was taken; null until it is joined.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    public double? Seconds { get; set; }

    public string? ContentType { get; set; }

    /// <summary>With what its file is opened; never stored beside the file. Null until it is kept.</summary>
    public string? SealedKey { get; set; }

    /// <summary>The peaks of both sides, as JSON.</summary>
    public string? Waveform { get; set; }

    /// <summary>Something of it is missing.</summary>
    public bool IsPartial { get; set; }

    /// <summary>It is kept, whatever rule would let it go.</summary>
    public bool LegalHold { get; set; }

    /// <summary>When its sound was let go; the row stays and says so.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>What Asterisk has of it; empty once that is safe here.</summary>
    public List<RecordedTrack> Tracks { get; } = [];

    public List<RecordedPause> Pauses { get; } = [];

    public List<RecordingComment> Comments { get; } = [];

    /// <summary>How the two sides talked; null until it is joined, and where it was joined before this was counted.</summary>
    public TalkEntry? Talk { get; set; }

    public bool IsPlayable => Stage == RecordingStage.Ready && DeletedAt is null;
}

/// <summary>A file that Asterisk has recorded of one leg.</summary>
internal sealed class RecordedTrack
{
    /// <summary>The name of Asterisk's stored recording.</summary>
    public required string Name { get; set; }

    /// <summary>True for our side, which is heard on the left; between two of ours, for who called.</summary>
    public bool IsOurs { get; set; }

    /// <summary>When its first sample was taken, by Asterisk's clock; null where nobody saw it.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When its last sample was taken, likewise.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>A stretch of time in which nothing was recorded because somebody wanted it so.</summary>
internal sealed class RecordedPause
{
    public DateTimeOffset From { get; set; }

    /// <summary>Null where it lasted until the end.</summary>
    public DateTimeOffset? To { get; set; }
}

/// <summary>What somebody wrote about a moment of a recording.</summary>
internal sealed class RecordingComment
{
    public const int TextLength = 1000;

    public long Id { get; set; }

    public required string RecordingId { get; set; }

    public double AtSeconds { get; set; }

    public required string AuthorId { get; set; }

    public AppUser? Author { get; set; }

    public required string Text { get; set; }

    public DateTimeOffset WrittenAt { get; set; }
}

internal sealed class RecordingEntryConfiguration : IEntityTypeConfiguration<RecordingEntry>
{
    public void Configure(EntityTypeBuilder<RecordingEntry> builder)
    {
        builder.ToTable("Recordings");
        builder.Property(recording => recording.Id).HasMaxLength(40);
        builder.Property(recording => recording.Stage).HasConversion<string>().HasMaxLength(16);
        builder.Property(recording => recording.ContentType).HasMaxLength(64);
        builder.Ignore(recording => recording.IsPlayable);
        builder.HasIndex(recording => recording.CallId).IsUnique();
        builder.HasIndex(recording => new { recording.Stage, recording.StartedAt });
        builder.HasOne<CallRecord>().WithOne().HasForeignKey<RecordingEntry>(recording => recording.CallId);
        builder.OwnsMany(recording => recording.Tracks, track => track.ToJson());
        builder.OwnsMany(recording => recording.Pauses, pause => pause.ToJson());
    }
}

internal sealed class RecordingCommentConfiguration : IEntityTypeConfiguration<RecordingComment>
{
    public void Configure(EntityTypeBuilder<RecordingComment> builder)
    {
        builder.ToTable("RecordingComments");
        builder.Property(comment => comment.Text).HasMaxLength(RecordingComment.TextLength);
        builder.HasOne<RecordingEntry>().WithMany(recording => recording.Comments).HasForeignKey(comment => comment.RecordingId);
        builder.HasOne(comment => comment.Author).WithMany().HasForeignKey(comment => comment.AuthorId).OnDelete(DeleteBehavior.Restrict);
    }
}
