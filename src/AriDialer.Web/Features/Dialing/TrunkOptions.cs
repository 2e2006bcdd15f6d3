using System.ComponentModel.DataAnnotations;

namespace AriDialer.Web.Features.Dialing;

/// <summary>The way to the telephone network (section <c>Trunk</c>).</summary>
internal sealed class TrunkOptions : IValidatableObject
{
    /// <summary>What stands for the number in <see cref="DialString"/>.</summary>
    public const string Place = "{number}";

    /// <summary>What Asterisk dials for a number outside.</summary>
    public string DialString { get; set; } = "PJSIP/{number}@aridialer-trunk";

    /// <summary>The provider's host, with port where it is not 5060; empty where Asterisk's own configuration has the trunk.</summary>
    public string? Host { get; set; }

    public string? Username { get; set; }

    public string? Password { get; set; }

    /// <summary>Register with the provider, as those who know their customers by password want it.</summary>
    public bool Register { get; set; }

    /// <summary>The number to show for people who have none of their own, E.164.</summary>
    public string? CallerNumber { get; set; }

    public string DialStringFor(TelephoneNumber number) => DialString.Replace(Place, number.E164, StringComparison.Ordinal);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DialString.Split(Place).Length != 2)
            yield return new ValidationResult("Trunk:DialString must contain {number} once, such as PJSIP/{number}@aridialer-trunk.");
        if (DialString.Contains('&', StringComparison.Ordinal))
            yield return new ValidationResult("Trunk:DialString must name one channel: & is not allowed in it.");
        if (Register && string.IsNullOrEmpty(Username))
            yield return new ValidationResult("Trunk:Register needs Trunk:Username.");
        if (!string.IsNullOrEmpty(CallerNumber) && !(CallerNumber[0] == '+' && CallerNumber.Length is >= 8 and <= 16 && CallerNumber[1..].All(char.IsAsciiDigit)))
            yield return new ValidationResult("Trunk:CallerNumber must be a full number such as +12025550100.");
    }
}
