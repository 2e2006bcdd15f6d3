using System.Buffers;
using System.Text.Json;
using AriDialer.Ari.Models;

namespace AriDialer.Ari;

/// <summary>The JSON that Asterisk expects as the body of a request; its description gives it in prose only.</summary>
internal static class AriBody
{
    /// <summary>The bare object: wrapped in anything, Asterisk answers 200 and does nothing.</summary>
    public static byte[] Of(EventFilter filter) => Write(json =>
    {
        WriteTypes(json, "allowed", filter.Allowed);
        WriteTypes(json, "disallowed", filter.Disallowed);
    });

    public static byte[] Of(IReadOnlyCollection<ConfigTuple> fields) => Write(json =>
    {
        json.WriteStartArray("fields");
        foreach (var field in fields)
        {
            json.WriteStartObject();
            json.WriteString("attribute", field.Attribute);
            json.WriteString("value", field.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static byte[] Of(IReadOnlyDictionary<string, AriVariable> variables) => Write(json =>
    {
        json.WriteStartObject("variables");
        foreach (var (name, variable) in variables)
        {
            json.WriteStartObject(name);
            json.WriteString("value", variable.Value);
            json.WriteBoolean("report_events", variable.ReportEvents);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    public static byte[] Of(IReadOnlyDictionary<string, string> variables) => Write(json =>
    {
        json.WriteStartObject("variables");
        foreach (var (name, value) in variables)
            json.WriteString(name, value);
        json.WriteEndObject();
    });

    private static void WriteTypes(Utf8JsonWriter json, string name, IReadOnlyCollection<string>? types)
    {
        if (types is null)
            return;
        json.WriteStartArray(name);
        foreach (var type in types)
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        content(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
