using AriDialer.Web.Features.Recording.Talk;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>How the two sides of a recorded call talked with each other: it goes when the recording goes.</summary>
internal sealed class TalkEntry
{
    public required string RecordingId { get; set; }

    /// <summary>All that counts, which is the recording without its pauses; the others are parts of it.</summary>
    public double Seconds { get; set; }

    public double LeftSeconds { get; set; }

    public double RightSeconds { get; set; }

    public double BothSeconds { get; set; }

    public double SilentSeconds { get; set; }

    public double LongestSilenceAt { get; set; }

    public double LongestSilence { get; set; }

    public SideTalkEntry Left { get; set; } = new();

    public SideTalkEntry Right { get; set; } = new();

    public static TalkEntry Of(string recordingId, TalkFigures figures) => new()
    {
        RecordingId = recordingId,
        Seconds = figures.Seconds,
        LeftSeconds = figures.LeftSeconds,
        RightSeconds = figures.RightSeconds,
        BothSeconds = figures.BothSeconds,
        SilentSeconds = figures.SilentSeconds,
        LongestSilenceAt = figures.Silence.From,
        LongestSilence = figures.Silence.Seconds,
        Left = SideTalkEntry.Of(figures.Left),
        Right = SideTalkEntry.Of(figures.Right),
    };
}

/// <summary>One side's part.</summary>
internal sealed class SideTalkEntry
{
    public int Turns { get; set; }

    public int Interruptions { get; set; }

    public double LongestMonologueAt { get; set; }

    public double LongestMonologue { get; set; }

    public static SideTalkEntry Of(SideTalk talk) => new()
    {
        Turns = talk.Turns,
        Interruptions = talk.Interruptions,
        LongestMonologueAt = talk.Monologue.From,
        LongestMonologue = talk.Monologue.Seconds,
    };
}

internal sealed class TalkEntryConfiguration : IEntityTypeConfiguration<TalkEntry>
{
    public void Configure(EntityTypeBuilder<TalkEntry> builder)
    {
        builder.ToTable("TalkFigures");
        builder.HasKey(talk => talk.RecordingId);
        builder.ComplexProperty(talk => talk.Left);
        builder.ComplexProperty(talk => talk.Right);
        builder.HasOne<RecordingEntry>().WithOne(recording => recording.Talk).HasForeignKey<TalkEntry>(talk => talk.RecordingId);
    }
}
