using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace AriDialer.Web.Features.Recording.Rules;

/// <summary>What is said before a call is recorded (setting <c>Recording:Announcement</c>).</summary>
internal sealed partial class AnnouncementOptions : IValidatableObject
{
    private const string Setting = "Recording:Announcement";

    /// <summary>Asterisk's media URIs, played in order. Of Asterisk's own sounds this is the only one that says it.</summary>
    public IReadOnlyList<string> Announcement { get; set; } = ["sound:conf-now-recording"];

    /// <summary>Reads them from a list, or from one text with blanks or commas between: a variable of the environment is a text.</summary>
    public void Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Setting);
        string[] uris = section.Value is { } text
            ? text.Split([' ', ',', '\t', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. section.GetChildren().Select(child => child.Value?.Trim() ?? "")];
        if (uris.Length > 0)
            Announcement = uris;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Announcement.All(uri => MediaUri().IsMatch(uri)))
            yield return new ValidationResult($"{Setting} must be media URIs of Asterisk, such as sound:conf-now-recording.");
    }

    [GeneratedRegex(@"\A(sound|recording|number|digits|characters|tone):[^\s,]+\z")]
    private static partial Regex MediaUri();
}
