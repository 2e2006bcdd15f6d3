using Microsoft.AspNetCore.Identity;

namespace AriDialer.Web.Data;

/// <summary>A person who signs in and, with a number or without, can call and be called.</summary>
internal sealed class AppUser : IdentityUser
{
    public const int NameLength = 80;

    /// <summary>What colleagues see.</summary>
    public required string DisplayName { get; set; }

    /// <summary>Their own telephone number, E.164; unique; null where they have none.</summary>
    public string? Number { get; set; }

    /// <summary>The region (ISO 3166 alpha-2) by which national numbers that they type are read; null for the house's.</summary>
    public string? Region { get; set; }

    /// <summary>A disabled person cannot sign in, call or be called.</summary>
    public bool Disabled { get; set; }

    /// <summary>Set by hand: calls are not to ring here.</summary>
    public bool DoNotDisturb { get; set; }
}
