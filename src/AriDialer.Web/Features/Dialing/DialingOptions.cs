using System.ComponentModel.DataAnnotations;

namespace AriDialer.Web.Features.Dialing;

/// <summary>How calls are placed (section <c>Dialing</c>).</summary>
internal sealed class DialingOptions : IValidatableObject
{
    /// <summary>The region by which numbers without a country code are read, where the person has none set.</summary>
    public string DefaultRegion { get; set; } = "US";

    /// <summary>How long a phone rings before the call ends as unanswered.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00", ErrorMessage = "Dialing:RingFor must be between five seconds and five minutes.")]
    public TimeSpan RingFor { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>The places of the dialplan to which calls can be transferred by name.</summary>
    public List<NamedPlace> Places { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Countries.Exists(DefaultRegion))
            yield return new ValidationResult("Dialing:DefaultRegion must be a country's two letters, such as US or GB.");
        foreach (var wrong in NamedPlace.Check(Places))
        {
            yield return wrong;
        }
    }
}
