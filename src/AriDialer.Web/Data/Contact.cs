using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AriDialer.Web.Data;

/// <summary>Somebody outside whom a person of ours calls: their own contact, or one that everybody sees.</summary>
internal sealed class Contact
{
    public const int NameLength = 80;
    public const int NoteLength = 1000;

    /// <summary>The most numbers that one contact has.</summary>
    public const int MostNumbers = 8;

    public long Id { get; set; }

    /// <summary>Who made it.</summary>
    public required string OwnerId { get; set; }

    public AppUser? Owner { get; set; }

    /// <summary>Everybody sees it; its owner and supervisors change it.</summary>
    public bool IsShared { get; set; }

    public required string Name { get; set; }

    public string? Company { get; set; }

    public string? Note { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>
    /// What a search looks through, and the order of the list: the words in small letters, a space before each. SQLite itself knows the case
    /// of ASCII letters only.
    /// </summary>
    public required string Sought { get; set; }

    /// <summary>In the order in which they were written.</summary>
    public List<ContactNumber> Numbers { get; } = [];
}

/// <summary>One of a contact's telephone numbers.</summary>
internal sealed class ContactNumber
{
    public long Id { get; set; }

    public long ContactId { get; set; }

    public required string E164 { get; set; }
}

internal sealed class ContactConfiguration : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> contact)
    {
        contact.Property(c => c.Name).HasMaxLength(Contact.NameLength);
        contact.Property(c => c.Company).HasMaxLength(Contact.NameLength);
        contact.Property(c => c.Note).HasMaxLength(Contact.NoteLength);
        contact.HasOne(c => c.Owner).WithMany().HasForeignKey(c => c.OwnerId).OnDelete(DeleteBehavior.Cascade);
        contact.HasMany(c => c.Numbers).WithOne().HasForeignKey(n => n.ContactId).OnDelete(DeleteBehavior.Cascade);
        contact.HasIndex(c => new { c.OwnerId, c.Sought });
        contact.HasIndex(c => new { c.IsShared, c.Sought });
    }
}

internal sealed class ContactNumberConfiguration : IEntityTypeConfiguration<ContactNumber>
{
    public void Configure(EntityTypeBuilder<ContactNumber> number)
    {
        number.ToTable("ContactNumbers");
        number.Property(n => n.E164).HasMaxLength(16);
    }
}
