using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>How far a summary is.</summary>
internal enum SummaryStage
{
    /// <summary>It is still to be made, for the first time or once more.</summary>
    Waiting,

    /// <summary>It can be read.</summary>
    Ready,

    /// <summary>It could not be made, and is not tried again by itself.</summary>
    Failed,
}

/// <summary>What a machine has made of a transcript: in a few sentences what it was about, and what is to be done. It goes with the transcript.</summary>
internal sealed class SummaryEntry
{
    public const int TextLength = 2000;
    public const int StepLength = 300;
    public const int MostSteps = 12;

    public required string RecordingId { get; set; }

    public SummaryStage Stage { get; set; }

    /// <summary>The model that made it; null until it is made.</summary>
    public string? Model { get; set; }

    public DateTimeOffset? MadeAt { get; set; }

    public string Text { get; set; } = "";

    public List<string> Steps { get; set; } = [];

    /// <summary>Who has put it right last; null where nobody has.</summary>
    public string? EditedById { get; set; }

    public AppUser? EditedBy { get; set; }

    public DateTimeOffset? EditedAt { get; set; }

    /// <summary>What the machine wrote, where somebody has put it right; null otherwise.</summary>
    public string? OriginalText { get; set; }

    public List<string>? OriginalSteps { get; set; }

    /// <summary>Why it could not be made, as a sentence for people.</summary>
    public string? Problem { get; set; }

    /// <summary>How often making it has failed.</summary>
    public int Attempts { get; set; }

    /// <summary>Not before then it is tried again.</summary>
    public DateTimeOffset? TryAfter { get; set; }
}

internal sealed class SummaryEntryConfiguration : IEntityTypeConfiguration<SummaryEntry>
{
    public void Configure(EntityTypeBuilder<SummaryEntry> builder)
    {
        builder.ToTable("Summaries");
        builder.HasKey(summary => summary.RecordingId);
        builder.Property(summary => summary.Stage).HasConversion<string>().HasMaxLength(16);
        builder.Property(summary => summary.Model).HasMaxLength(128);
        builder.Property(summary => summary.Text).HasMaxLength(SummaryEntry.TextLength);
        builder.HasOne<TranscriptEntry>().WithOne(transcript => transcript.Summary).HasForeignKey<SummaryEntry>(summary => summary.RecordingId);
        builder.HasOne(summary => summary.EditedBy).WithMany().HasForeignKey(summary => summary.EditedById).OnDelete(DeleteBehavior.Restrict);
    }
}
