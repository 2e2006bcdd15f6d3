namespace AriDialer.Ari.Generator;

/// <summary>Writes the System.Text.Json context that knows every type, and the parser that picks the type of an event.</summary>
internal static class JsonContextEmitter
{
    private const string ListPrefix = "IReadOnlyList<";

    /// <summary>The context's property for a type.</summary>
    public static string TypeInfoName(string type) =>
        type.StartsWith(ListPrefix, StringComparison.Ordinal) ? $"ListOf{type[ListPrefix.Length..^1]}" : type;

    public static string Write(ApiDescription description)
    {
        var models = description.Models.Where(model => !model.IsEventBase).Select(model => model.Id);
        var lists = description.Resources.SelectMany(resource => resource.Apis).SelectMany(path => path.Operations)
            .Select(operation => Naming.ResponseType(operation.ResponseClass))
            .Where(type => type.StartsWith(ListPrefix, StringComparison.Ordinal));

        var code = new CodeWriter("AriDialer.Ari", "System.Text.Json.Serialization", "AriDialer.Ari.Events", "AriDialer.Ari.Models");
        code.Line("[JsonSourceGenerationOptions(");
        code.Line("    GenerationMode = JsonSourceGenerationMode.Metadata,");
        code.Line("    RespectNullableAnnotations = true,");
        code.Line("    Converters = [typeof(AriTimeConverter), typeof(AriTextListConverter), typeof(AriTextMapConverter)])]");
        foreach (var type in models.Concat(lists).Distinct().Order(StringComparer.Ordinal))
            code.Line($"[JsonSerializable(typeof({type}), TypeInfoPropertyName = \"{TypeInfoName(type)}\")]");
        code.Line("internal sealed partial class AriJson : JsonSerializerContext;");
        return code.ToString();
    }

    public static string WriteParser(ApiDescription description)
    {
        var code = new CodeWriter("AriDialer.Ari.Events", "System.Text.Json");
        code.Open("internal static partial class EventParser");
        code.Open("private static AriEvent? ParseAs(string type, ReadOnlySpan<byte> utf8) => type switch");
        foreach (var id in description.EventIds.Order(StringComparer.Ordinal))
            code.Line($"\"{id}\" => JsonSerializer.Deserialize(utf8, AriJson.Default.{id}),");
        code.Line("_ => null,");
        code.Close("};");
        code.Close();
        return code.ToString();
    }
}
