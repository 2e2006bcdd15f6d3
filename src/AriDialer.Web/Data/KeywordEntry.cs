using AriDialer.Web.Features.Recording.Audio;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>What it means that something was said; the more it matters, the later it stands here.</summary>
internal enum KeywordTone
{
    /// <summary>It is as it should be.</summary>
    Good,

    /// <summary>Somebody wants to know of it.</summary>
    Watch,

    /// <summary>Somebody should look at the call.</summary>
    Risk,
}

/// <summary>A word or phrase to watch for in what is said.</summary>
internal sealed class KeywordEntry
{
    public const int PhraseLength = 100;

    public long Id { get; set; }

    /// <summary>As it was typed; a star at a word's end stands for any ending.</summary>
    public required string Phrase { get; set; }

    public KeywordTone Tone { get; set; }

    /// <summary>Who must say it; null where it counts from either side.</summary>
    public RecordingSide? Side { get; set; }

    /// <summary>In whose calls; null for everybody's.</summary>
    public string? TeamId { get; set; }

    public Team? Team { get; set; }
}

/// <summary>
/// Something that was watched for and was said in a transcribed call. What it says of the keyword is how that was then: keywords change.
/// </summary>
internal sealed class KeywordHitEntry
{
    public long Id { get; set; }

    public required string RecordingId { get; set; }

    public required string Phrase { get; set; }

    public KeywordTone Tone { get; set; }

    public RecordingSide Side { get; set; }

    /// <summary>When it was said, in the recording's seconds.</summary>
    public double From { get; set; }

    public double To { get; set; }

    /// <summary>The words of the transcript, in which what is redacted is not.</summary>
    public required string Text { get; set; }
}

internal sealed class KeywordEntryConfiguration : IEntityTypeConfiguration<KeywordEntry>
{
    public void Configure(EntityTypeBuilder<KeywordEntry> builder)
    {
        builder.ToTable("Keywords");
        builder.Property(keyword => keyword.Phrase).HasMaxLength(KeywordEntry.PhraseLength);
        builder.Property(keyword => keyword.Tone).HasConversion<string>().HasMaxLength(8);
        builder.Property(keyword => keyword.Side).HasConversion<string>().HasMaxLength(8);
        builder.HasOne(keyword => keyword.Team).WithMany().HasForeignKey(keyword => keyword.TeamId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class KeywordHitEntryConfiguration : IEntityTypeConfiguration<KeywordHitEntry>
{
    public void Configure(EntityTypeBuilder<KeywordHitEntry> builder)
    {
        builder.ToTable("KeywordHits");
        builder.Property(hit => hit.Phrase).HasMaxLength(KeywordEntry.PhraseLength);
        // As a number: the gravest of a call is asked for.
        builder.Property(hit => hit.Tone).HasConversion<int>();
        builder.Property(hit => hit.Side).HasConversion<string>().HasMaxLength(8);
        builder.HasOne<TranscriptEntry>().WithMany(transcript => transcript.Hits).HasForeignKey(hit => hit.RecordingId);
    }
}
