using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>Whether calls are recorded.</summary>
internal enum RecordingMode
{
    /// <summary>Nobody can record them.</summary>
    Never,

    /// <summary>People in the call may record it.</summary>
    OnDemand,

    /// <summary>They are recorded by themselves.</summary>
    Always,
}

/// <summary>Which calls are recorded, and what is said before: the first that fits a call decides.</summary>
internal sealed class RecordingRuleEntry
{
    public long Id { get; set; }

    /// <summary>Its place among the rules, from 1.</summary>
    public int Position { get; set; }

    /// <summary>The person of ours whose calls it is for; null for everybody's.</summary>
    public string? UserId { get; set; }

    public AppUser? User { get; set; }

    /// <summary>The team whose calls it is for: those that went to the team. Null for all.</summary>
    public string? TeamId { get; set; }

    public Team? Team { get; set; }

    /// <summary>Null for calls in every direction.</summary>
    public CallDirection? Direction { get; set; }

    /// <summary>How the other side's number begins, in E.164, such as +49 for a country; null for all.</summary>
    public string? NumberBegins { get; set; }

    public RecordingMode Mode { get; set; }

    /// <summary>Everybody in the call hears first that it is recorded.</summary>
    public bool Announce { get; set; }

    /// <summary>Everybody in the call hears a beep when recording begins.</summary>
    public bool Beep { get; set; }

    /// <summary>After how many days the recording of such a call is let go; null for never.</summary>
    public int? KeepDays { get; set; }
}

internal sealed class RecordingRuleEntryConfiguration : IEntityTypeConfiguration<RecordingRuleEntry>
{
    public void Configure(EntityTypeBuilder<RecordingRuleEntry> builder)
    {
        builder.ToTable("RecordingRules");
        builder.Property(rule => rule.NumberBegins).HasMaxLength(16);
        builder.Property(rule => rule.Mode).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(rule => rule.Position);
        builder.HasOne(rule => rule.User).WithMany().HasForeignKey(rule => rule.UserId);
        // Without its team it would be a rule for everybody.
        builder.HasOne(rule => rule.Team).WithMany().HasForeignKey(rule => rule.TeamId).OnDelete(DeleteBehavior.Cascade);
    }
}
