using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>A message that a caller left for a person.</summary>
internal sealed class VoicemailEntry
{
    /// <summary>Random letters that nobody can guess; its file is called so too.</summary>
    public required string Id { get; set; }

    /// <summary>Whose mailbox it lies in.</summary>
    public required string UserId { get; set; }

    /// <summary>The call in which it was left; one message a call.</summary>
    public required string CallId { get; set; }

    public string? CallerUserId { get; set; }

    public string? CallerNumber { get; set; }

    public string? CallerName { get; set; }

    public DateTimeOffset At { get; set; }

    public int Seconds { get; set; }

    /// <summary>When it was listened to; null while it is new.</summary>
    public DateTimeOffset? HeardAt { get; set; }

    /// <summary>When it was thrown away; it can be had back for a while.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}

internal sealed class VoicemailEntryConfiguration : IEntityTypeConfiguration<VoicemailEntry>
{
    public void Configure(EntityTypeBuilder<VoicemailEntry> builder)
    {
        builder.ToTable("Voicemail");
        builder.Property(entry => entry.Id).HasMaxLength(40);
        builder.HasIndex(entry => entry.CallId).IsUnique();
        builder.HasIndex(entry => new { entry.UserId, entry.At });
        builder.HasIndex(entry => entry.DeletedAt);
        builder.HasOne<AppUser>().WithMany().HasForeignKey(entry => entry.UserId);
    }
}
