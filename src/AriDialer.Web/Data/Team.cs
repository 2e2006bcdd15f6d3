using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>Several people who answer calls together: what a telephone system calls a ring group.</summary>
internal sealed class Team
{
    public const int NameLength = 80;

    /// <summary>Made by us, and never used again once the team is gone.</summary>
    public required string Id { get; set; }

    /// <summary>What everybody sees; unique.</summary>
    public required string Name { get; set; }

    /// <summary>Its own telephone number, E.164; unique among teams and people; null where it has none.</summary>
    public string? Number { get; set; }

    /// <summary>Where a call goes that none of them took. <see cref="ForwardTo.Voicemail"/> names the member whose mailbox it is.</summary>
    public CallForward WhenUnanswered { get; set; } = CallForward.Off;

    public List<TeamMember> Members { get; } = [];

    public static string NewId() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString("D");
}

/// <summary>A person of a team.</summary>
internal sealed class TeamMember
{
    public required string TeamId { get; set; }

    public required string UserId { get; set; }

    public AppUser? User { get; set; }
}

internal sealed class TeamConfiguration : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.ToTable("Teams");
        builder.Property(team => team.Id).HasMaxLength(36);
        // Compared without regard to case where it is typed; SQLite's own comparison knows ASCII only.
        builder.Property(team => team.Name).HasMaxLength(Team.NameLength);
        builder.Property(team => team.Number).HasMaxLength(16);
        builder.HasIndex(team => team.Number).IsUnique();
        builder.ComplexProperty(team => team.WhenUnanswered, forward =>
        {
            forward.Property(f => f.To).HasConversion<string>().HasMaxLength(16);
            forward.Property(f => f.Number).HasMaxLength(16);
        });
    }
}

internal sealed class TeamMemberConfiguration : IEntityTypeConfiguration<TeamMember>
{
    public void Configure(EntityTypeBuilder<TeamMember> builder)
    {
        builder.ToTable("TeamMembers");
        builder.HasKey(member => new { member.TeamId, member.UserId });
        builder.HasOne<Team>().WithMany(team => team.Members).HasForeignKey(member => member.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(member => member.User).WithMany().HasForeignKey(member => member.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
