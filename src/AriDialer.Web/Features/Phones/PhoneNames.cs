namespace AriDialer.Web.Features.Phones;

/// <summary>The names under which Asterisk and browsers know phones and people.</summary>
internal static class PhoneNames
{
    /// <summary>Begins the name of every endpoint that we make for a browser.</summary>
    public const string Prefix = "web-";

    /// <summary>Begins the name of every endpoint that we make for a telephone on a desk.</summary>
    public const string DeskPrefix = "desk-";

    private const string PersonPrefix = "person-";

    /// <summary>True for the name of an endpoint that is a phone of ours, live or not.</summary>
    public static bool IsPhone(string endpoint) =>
        endpoint.StartsWith(Prefix, StringComparison.Ordinal) || endpoint.StartsWith(DeskPrefix, StringComparison.Ordinal);

    /// <summary>What a browser dials to call a colleague, with a number or without.</summary>
    public static string DialFor(string userId) => PersonPrefix + userId.Replace("-", "", StringComparison.Ordinal);

    /// <summary>The person whom such a text means; null where it is none.</summary>
    public static string? PersonOf(string dialled) =>
        dialled.StartsWith(PersonPrefix, StringComparison.Ordinal) && Guid.TryParseExact(dialled[PersonPrefix.Length..], "N", out var id)
            ? id.ToString("D")
            : null;
}
