using System.Text.Json.Serialization;

namespace AriDialer.Ari.Events;

/// <summary>An event of a type that this library does not know, or one that could not be read: as it came, so that nothing is lost.</summary>
public sealed class UnknownEvent : AriEvent
{
    internal UnknownEvent(string type, string raw, string? error) => (Type, Raw, Error) = (type, raw, error);

    /// <summary>The text that Asterisk sent; of one that is larger than the limit, its beginning.</summary>
    [JsonIgnore]
    public string Raw { get; }

    /// <summary>Why it could not be read; null when only its type is unknown.</summary>
    [JsonIgnore]
    public string? Error { get; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override EventKeys Keys => EventKeys.None;
}
