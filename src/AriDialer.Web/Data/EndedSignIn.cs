using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>A sign-in that was ended while there may still be a copy of its cookie.</summary>
internal sealed class EndedSignIn
{
    public required string SignInId { get; set; }

    /// <summary>From then on no cookie of it can be valid, and the row is of no use.</summary>
    public DateTimeOffset ForgetAt { get; set; }
}

internal sealed class EndedSignInConfiguration : IEntityTypeConfiguration<EndedSignIn>
{
    public void Configure(EntityTypeBuilder<EndedSignIn> builder)
    {
        builder.ToTable("EndedSignIns");
        builder.HasKey(ended => ended.SignInId);
        builder.Property(ended => ended.SignInId).HasMaxLength(40);
    }
}
