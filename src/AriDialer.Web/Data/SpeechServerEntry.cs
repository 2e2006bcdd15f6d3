using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>A server with models, as an administrator has set it up. Without a row, the configuration counts.</summary>
internal sealed class SpeechServerEntry
{
    /// <summary>The kind of server, such as "openai": one of each.</summary>
    public required string Id { get; set; }

    public bool IsOn { get; set; }

    public string? Address { get; set; }

    public string? Model { get; set; }

    public string? ChatModel { get; set; }

    public string? RealtimeModel { get; set; }

    /// <summary>Encrypted with Data Protection; null where the server wants none.</summary>
    public string? ProtectedKey { get; set; }
}

/// <summary>What listens to calls with some numbers, and in which language.</summary>
internal sealed class EngineRuleEntry
{
    public long Id { get; set; }

    /// <summary>How the other side's number begins, in E.164; empty for all that no other rule fits.</summary>
    public required string NumberBegins { get; set; }

    /// <summary>A BCP 47 tag, such as "en-US".</summary>
    public required string Language { get; set; }

    /// <summary>What listens, such as "pocketsphinx".</summary>
    public required string EngineId { get; set; }
}

internal sealed class SpeechServerEntryConfiguration : IEntityTypeConfiguration<SpeechServerEntry>
{
    public void Configure(EntityTypeBuilder<SpeechServerEntry> builder)
    {
        builder.ToTable("SpeechServers");
        builder.Property(server => server.Id).HasMaxLength(16);
        builder.Property(server => server.Address).HasMaxLength(300);
        builder.Property(server => server.Model).HasMaxLength(100);
        builder.Property(server => server.ChatModel).HasMaxLength(100);
        builder.Property(server => server.RealtimeModel).HasMaxLength(100);
    }
}

internal sealed class EngineRuleEntryConfiguration : IEntityTypeConfiguration<EngineRuleEntry>
{
    public void Configure(EntityTypeBuilder<EngineRuleEntry> builder)
    {
        builder.ToTable("EngineRules");
        builder.Property(rule => rule.NumberBegins).HasMaxLength(16);
        builder.Property(rule => rule.Language).HasMaxLength(16);
        builder.Property(rule => rule.EngineId).HasMaxLength(16);
        builder.HasIndex(rule => rule.NumberBegins).IsUnique();
    }
}
