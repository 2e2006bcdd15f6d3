using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>A colleague whom a person wants to see first.</summary>
internal sealed class Favourite
{
    /// <summary>Whose favourite it is.</summary>
    public required string UserId { get; set; }

    /// <summary>The colleague.</summary>
    public required string PersonId { get; set; }
}

internal sealed class FavouriteConfiguration : IEntityTypeConfiguration<Favourite>
{
    public void Configure(EntityTypeBuilder<Favourite> favourite)
    {
        favourite.HasKey(f => new { f.UserId, f.PersonId });
        favourite.HasOne<AppUser>().WithMany().HasForeignKey(f => f.UserId).OnDelete(DeleteBehavior.Cascade);
        favourite.HasOne<AppUser>().WithMany().HasForeignKey(f => f.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
