using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>A SIP telephone on a person's desk: a PJSIP endpoint that exists in Asterisk while this row is live.</summary>
internal sealed class DeskPhone
{
    public const int LabelLength = 40;

    /// <summary>The endpoint's name and the phone's SIP user name, made by us: <c>desk-</c> and random letters.</summary>
    public required string Endpoint { get; set; }

    public required string UserId { get; set; }

    public AppUser? User { get; set; }

    /// <summary>What its person calls it.</summary>
    public required string Label { get; set; }

    /// <summary>The SIP password under Data Protection: needed again when Asterisk has forgotten its endpoints.</summary>
    public required string ProtectedPassword { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was removed; the row goes once Asterisk has let go of the endpoint.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
}

internal sealed class DeskPhoneConfiguration : IEntityTypeConfiguration<DeskPhone>
{
    public void Configure(EntityTypeBuilder<DeskPhone> builder)
    {
        builder.ToTable("DeskPhones");
        builder.HasKey(phone => phone.Endpoint);
        builder.Property(phone => phone.Endpoint).HasMaxLength(40);
        builder.Property(phone => phone.Label).HasMaxLength(DeskPhone.LabelLength);
        builder.HasOne(phone => phone.User).WithMany().HasForeignKey(phone => phone.UserId);
    }
}
