using System.Text;
using System.Text.Json;

namespace AriDialer.Ari.Events;

/// <summary>Bytes to event: never fails, for the far side may send anything.</summary>
internal static partial class EventParser
{
    private const int BeginningKept = 4096;

    public static AriEvent Parse(ReadOnlySpan<byte> utf8)
    {
        string? type = null;
        try
        {
            type = FindType(utf8);
            return ParseAs(type, utf8) ?? new UnknownEvent(type, Encoding.UTF8.GetString(utf8), null);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new UnknownEvent(type ?? "", Encoding.UTF8.GetString(utf8), exception.Message);
        }
    }

    /// <summary>Stands for an event that was too large to be held.</summary>
    public static UnknownEvent TooLarge(ReadOnlySpan<byte> beginning, int limit) =>
        new("", Encoding.UTF8.GetString(beginning[..Math.Min(BeginningKept, beginning.Length)]), $"The event is larger than {limit} bytes.");

    // Asterisk writes the type first, so that this is a glance; wherever it stands, no document is built to find it.
    private static string FindType(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("The event is not a JSON object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
                return reader.GetString()!;
            reader.Skip();
        }

        throw new JsonException("The event has no type.");
    }
}
