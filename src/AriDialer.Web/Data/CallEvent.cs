using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>A line of a call's timeline: what happened, when, by whom. Written once, never changed.</summary>
internal sealed class CallEvent
{
    public required string CallId { get; set; }

    /// <summary>Its place in the call's timeline, from 1.</summary>
    public int Number { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>One of <see cref="MomentKinds"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>The person of ours who did it; null where nobody of ours did.</summary>
    public string? ByUserId { get; set; }

    public string? WhoUserId { get; set; }

    public string? WhoNumber { get; set; }

    public string? WhoName { get; set; }

    /// <summary>What exactly, such as the digits or the reason.</summary>
    public string? Detail { get; set; }
}

internal sealed class CallEventConfiguration : IEntityTypeConfiguration<CallEvent>
{
    public void Configure(EntityTypeBuilder<CallEvent> builder)
    {
        builder.ToTable("CallEvents");
        builder.HasKey(line => new { line.CallId, line.Number });
        builder.Property(line => line.Kind).HasMaxLength(32);
        builder.HasOne<CallRecord>().WithMany(call => call.Events).HasForeignKey(line => line.CallId);
    }
}
