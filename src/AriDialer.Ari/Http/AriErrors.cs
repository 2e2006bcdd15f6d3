using System.Text.Json;

namespace AriDialer.Ari;

/// <summary>
/// Reads the meaning out of status and message. Asterisk says "not in Stasis" with 409 and, on a bridge's addChannel, with 422;
/// it says "gone" with 404, and on addChannel with 400: only its message tells these from a conflict and from a bad parameter.
/// </summary>
internal static class AriErrors
{
    private const int LongestMessage = 500;

    public static AriErrorKind Kind(int status, string message) => status switch
    {
        409 or 422 when Says(message, "not in Stasis") => AriErrorKind.NotInStasis,
        // No such request: a fault of ours, not of what it was about.
        404 when Says(message, "Resource not found") || Says(message, "Invalid URI") => AriErrorKind.Fault,
        404 => AriErrorKind.Gone,
        400 or 422 when Says(message, "not found") || Says(message, "does not exist") => AriErrorKind.Gone,
        422 when Says(message, "not in this bridge") => AriErrorKind.Conflict,
        409 or 412 => AriErrorKind.Conflict,
        _ => AriErrorKind.Fault,
    };

    /// <summary>Asterisk's message, from <c>{"message": …}</c>; whatever else the body holds is cut short.</summary>
    public static string Message(byte[] body, string? reason)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            foreach (var name in new[] { "message", "error" })
            {
                if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var text))
                    return Shorten(text.ToString());
            }
        }
        catch (JsonException)
        {
            // The HTTP server's own errors (401, 503) are pages of HTML: their reason says as much.
        }

        return Shorten(reason ?? "");
    }

    private static string Shorten(string text) => text.Length <= LongestMessage ? text : text[..LongestMessage] + "…";

    private static bool Says(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
