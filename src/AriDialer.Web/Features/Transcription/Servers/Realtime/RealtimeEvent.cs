using System.Text.Json;

namespace AriDialer.Web.Features.Transcription.Servers.Realtime;

/// <summary>What a server says on its realtime interface.</summary>
/// <param name="Type">What happened.</param>
/// <param name="ItemId">Which sentence it is about, as the server calls it.</param>
/// <param name="Text">Words: further ones, or all.</param>
/// <param name="About">Which event of ours it is about, by its id.</param>
/// <param name="CutsItself">It was told to leave it to us where a sentence ends, and does not.</param>
/// <param name="ErrorType">What sort of error it is.</param>
/// <param name="ErrorCode">Which one.</param>
internal sealed record RealtimeEvent(string Type, string? ItemId, string? Text, string? About, bool CutsItself, string? ErrorType, string? ErrorCode)
{
    /// <summary>The settings are taken.</summary>
    public bool IsReady => Type is "session.updated" or "transcription_session.updated";

    /// <summary>It does not like what it was sent, and would not like it again.</summary>
    public bool IsObjection => ErrorType == "invalid_request_error" && Refusal.Status == 400;

    /// <summary>The error, as HTTP would say it.</summary>
    public ModelRefusalException Refusal => (ErrorCode, ErrorType) switch
    {
        ("insufficient_quota", _) or (_, "insufficient_quota") => new(429, isQuota: true),
        ("rate_limit_exceeded", _) or (_, "rate_limit_exceeded") => new(429),
        ("invalid_api_key", _) or (_, "authentication_error") => new(401),
        (_, "invalid_request_error") => new(400),
        _ => new(500),
    };

    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">It is no event.</exception>
    public static RealtimeEvent Read(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message);
        var root = document.RootElement;
        if (TextOf(root, "type") is not { } type)
            throw new FormatException("There is no event in the message.");

        var error = PartOf(root, "error");
        var detection = PartOf(PartOf(PartOf(PartOf(root, "session"), "audio"), "input"), "turn_detection");
        return new RealtimeEvent(
            type, TextOf(root, "item_id"), TextOf(root, "delta") ?? TextOf(root, "transcript"), TextOf(error, "event_id"),
            detection.ValueKind == JsonValueKind.Object, TextOf(error, "type"), TextOf(error, "code"));
    }

    private static JsonElement PartOf(JsonElement whole, string name) =>
        whole.ValueKind == JsonValueKind.Object && whole.TryGetProperty(name, out var part) ? part : default;

    private static string? TextOf(JsonElement whole, string name) => PartOf(whole, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
