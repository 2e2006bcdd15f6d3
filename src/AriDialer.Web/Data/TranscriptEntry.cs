using AriDialer.Web.Features.Recording.Audio;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>How far a recording's transcript is.</summary>
internal enum TranscriptStage
{
    /// <summary>It is still to be made, for the first time or once more.</summary>
    Waiting,

    /// <summary>It can be read.</summary>
    Ready,

    /// <summary>It could not be made, and is not tried again by itself.</summary>
    Failed,
}

/// <summary>What a machine understood of a recording. There is no row until it was first tried.</summary>
internal sealed class TranscriptEntry
{
    public required string RecordingId { get; set; }

    public TranscriptStage Stage { get; set; }

    /// <summary>What made it; null until it is made.</summary>
    public string? Engine { get; set; }

    /// <summary>In which language the engine listened, such as "en-US".</summary>
    public string? Language { get; set; }

    public DateTimeOffset? MadeAt { get; set; }

    /// <summary>Why it could not be made, as a sentence for people.</summary>
    public string? Problem { get; set; }

    /// <summary>How often making it has failed.</summary>
    public int Attempts { get; set; }

    /// <summary>Not before then it is tried again; kept here, so that a restart does not shorten the pause.</summary>
    public DateTimeOffset? TryAfter { get; set; }

    public List<TranscriptSegmentEntry> Segments { get; } = [];

    /// <summary>What was watched for and was said, when it was last looked through.</summary>
    public List<KeywordHitEntry> Hits { get; } = [];

    /// <summary>Null where none was tried to be made.</summary>
    public SummaryEntry? Summary { get; set; }
}

/// <summary>Something that one side said without a longer pause.</summary>
internal sealed class TranscriptSegmentEntry
{
    public long Id { get; set; }

    public required string RecordingId { get; set; }

    public RecordingSide Side { get; set; }

    /// <summary>When it begins, in the recording's seconds.</summary>
    public double From { get; set; }

    public double To { get; set; }

    /// <summary>What can be searched, too: the migration's triggers keep the index.</summary>
    public required string Text { get; set; }

    /// <summary>From 0 to 1; null where the engine does not say.</summary>
    public double? Confidence { get; set; }

    /// <summary>Empty where the engine does not tell them apart.</summary>
    public List<TranscriptWord> Words { get; init; } = [];
}

/// <summary>A word of a segment, with its time.</summary>
internal sealed class TranscriptWord
{
    public required string Text { get; set; }

    public double From { get; set; }

    public double To { get; set; }

    public double? Confidence { get; set; }
}

internal sealed class TranscriptEntryConfiguration : IEntityTypeConfiguration<TranscriptEntry>
{
    public void Configure(EntityTypeBuilder<TranscriptEntry> builder)
    {
        builder.ToTable("Transcripts");
        builder.HasKey(transcript => transcript.RecordingId);
        builder.Property(transcript => transcript.Stage).HasConversion<string>().HasMaxLength(16);
        builder.Property(transcript => transcript.Engine).HasMaxLength(64);
        builder.Property(transcript => transcript.Language).HasMaxLength(16);
        builder.HasOne<RecordingEntry>().WithOne().HasForeignKey<TranscriptEntry>(transcript => transcript.RecordingId);
    }
}

internal sealed class TranscriptSegmentEntryConfiguration : IEntityTypeConfiguration<TranscriptSegmentEntry>
{
    public void Configure(EntityTypeBuilder<TranscriptSegmentEntry> builder)
    {
        builder.ToTable("TranscriptSegments");
        builder.Property(segment => segment.Side).HasConversion<string>().HasMaxLength(8);
        builder.HasOne<TranscriptEntry>().WithMany(transcript => transcript.Segments).HasForeignKey(segment => segment.RecordingId);
        builder.OwnsMany(segment => segment.Words, word => word.ToJson());
    }
}
