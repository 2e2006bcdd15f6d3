namespace AriDialer.Web.Features.Phones;

/// <summary>The names under which Asterisk and browsers know phones and people.</summary>
internal static class PhoneNames
{
    /// <summary>Begins the name of every endpoint that we make for a browser.</summary>
    public const string Prefix = "web-";

    /// <summary>Begins the name of every endpoint that we make for a telephone on a desk.</summary>
    public const string DeskPrefix = "desk-";

    private const string PersonPrefix = "person-";
    private const string TeamPrefix = "team-";

    /// <summary>True for the name of an endpoint that is a phone of ours, live or not.</summary>
    public static bool IsPhone(string endpoint) =>
        endpoint.StartsWith(Prefix, StringComparison.Ordinal) || IsDesk(endpoint);

    /// <summary>True for the name of an endpoint that is a telephone on a desk.</summary>
    public static bool IsDesk(string endpoint) => endpoint.StartsWith(DeskPrefix, StringComparison.Ordinal);

    /// <summary>What a browser dials to call a colleague, with a number or without.</summary>
    public static string DialFor(string userId) => PersonPrefix + userId.Replace("-", "", StringComparison.Ordinal);

    /// <summary>What a browser dials to call a team, with a number or without.</summary>
    public static string DialForTeam(string teamId) => TeamPrefix + teamId.Replace("-", "", StringComparison.Ordinal);

    /// <summary>The person whom such a text means; null where it is none.</summary>
    public static string? PersonOf(string dialled) => IdBehind(PersonPrefix, dialled);

    /// <summary>The team that such a text means; null where it is none.</summary>
    public static string? TeamOf(string dialled) => IdBehind(TeamPrefix, dialled);

    private static string? IdBehind(string prefix, string dialled) =>
        dialled.StartsWith(prefix, StringComparison.Ordinal) && Guid.TryParseExact(dialled[prefix.Length..], "N", out var id)
            ? id.ToString("D")
            : null;
}
