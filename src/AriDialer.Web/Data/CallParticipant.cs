using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>One who was in a call, or whose phone rang for it. The call's own row keeps only who called and who answered first.</summary>
internal sealed class CallParticipant
{
    public required string CallId { get; set; }

    /// <summary>Their channel in Asterisk: who comes twice stands here twice.</summary>
    public required string ChannelId { get; set; }

    public string? UserId { get; set; }

    public string? Number { get; set; }

    public string? Name { get; set; }

    public LegRole Role { get; set; }

    /// <summary>When they answered; null where they only were rung.</summary>
    public DateTimeOffset? JoinedAt { get; set; }

    public DateTimeOffset? LeftAt { get; set; }
}

internal sealed class CallParticipantConfiguration : IEntityTypeConfiguration<CallParticipant>
{
    public void Configure(EntityTypeBuilder<CallParticipant> builder)
    {
        builder.ToTable("CallParticipants");
        builder.HasKey(one => new { one.CallId, one.ChannelId });
        builder.Property(one => one.Role).HasConversion<string>().HasMaxLength(16);
        // Finds a person's calls without reading the participants themselves.
        builder.HasIndex(one => new { one.UserId, one.CallId });
        builder.HasOne<CallRecord>().WithMany(call => call.Participants).HasForeignKey(one => one.CallId);
    }
}
