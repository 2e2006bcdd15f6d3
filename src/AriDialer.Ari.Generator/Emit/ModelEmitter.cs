namespace AriDialer.Ari.Generator;

/// <summary>Writes models, and events: models that name what they touch.</summary>
internal sealed class ModelEmitter(ApiDescription description)
{
    private readonly IReadOnlySet<string> _events = description.EventIds;
    private readonly KeysEmitter _keys = new(description);
    private readonly HashSet<string> _modelIds = [.. description.Models.Select(model => model.Id)];

    public string Write(ModelDescription model)
    {
        var isEvent = _events.Contains(model.Id);
        var code = isEvent
            ? new CodeWriter("AriDialer.Ari.Events", "System.Diagnostics.CodeAnalysis", "System.Text.Json", "System.Text.Json.Serialization", "AriDialer.Ari.Models")
            : new CodeWriter("AriDialer.Ari.Models", "System.Diagnostics.CodeAnalysis", "System.Text.Json", "System.Text.Json.Serialization");

        DocWriter.Summary(code, DocWriter.Sentence(model.Description));
        if (Phrases.Note(model) is { } note)
            DocWriter.Remarks(code, note);
        code.Open($"public sealed class {model.Id}{(isEvent ? " : AriEvent" : "")}");
        foreach (var (name, field) in model.Properties)
            WriteProperty(code, model, name, field);
        if (isEvent)
            _keys.Write(code, model);
        else
            WriteUnknownFields(code);
        code.Close();
        return code.ToString();
    }

    /// <summary>What the description calls Message and Event, as the one base class of all events.</summary>
    public string WriteEventBase()
    {
        var code = new CodeWriter("AriDialer.Ari.Events", "System.Diagnostics.CodeAnalysis", "System.Text.Json", "System.Text.Json.Serialization");
        DocWriter.Summary(code, "What Asterisk tells of: the fields that all events share.");
        code.Open("public abstract class AriEvent");
        foreach (var model in description.Models.Where(model => model.IsEventBase))
        {
            foreach (var (name, field) in model.Properties)
                WriteProperty(code, model, name, field);
        }

        DocWriter.Summary(code, "The channels, bridges, playbacks and recordings that this event names.");
        code.Line("[JsonIgnore]");
        code.Line("public abstract EventKeys Keys { get; }");
        code.Line();
        WriteUnknownFields(code);
        code.Close();
        return code.ToString();
    }

    private void WriteProperty(CodeWriter code, ModelDescription model, string name, PropertyDescription field)
    {
        var type = Naming.FieldType(model, name, field.Type);
        var property = Naming.Property(model, name);
        DocWriter.Summary(code, Phrases.Field(model, name, field.Description) + DocWriter.Values(field.AllowableValues));
        code.Line($"[JsonPropertyName(\"{name}\")]");
        if (!field.Required)
        {
            code.Line($"public {type}? {property} {{ get; set; }}");
        }
        else if (type == "string")
        {
            if (KeysEmitter.IsKey(model, name))
                code.Line("[JsonRequired]");
            code.Line("[AllowNull]");
            code.Line($"public string {property} {{ get; set => field = value ?? \"\"; }} = \"\";");
        }
        else
        {
            // Without its channel an event says nothing; without that channel's caller it still does.
            if (_modelIds.Contains(type) && (_events.Contains(model.Id) || KeysEmitter.IsKeyed(type)))
                code.Line("[JsonRequired]");
            code.Line($"public {type} {property} {{ get; set; }}{Initial(type)}");
        }

        code.Line();
    }

    private string Initial(string type) => type switch
    {
        _ when _modelIds.Contains(type) => " = new();",
        _ when type.StartsWith("IReadOnlyList", StringComparison.Ordinal) => " = [];",
        _ when type.StartsWith("IReadOnlyDictionary", StringComparison.Ordinal) => " = new Dictionary<string, string>();",
        _ => "",
    };

    private static void WriteUnknownFields(CodeWriter code)
    {
        DocWriter.Summary(code, "The fields that this version of the description does not know; null when there are none.");
        code.Line("[JsonExtensionData]");
        code.Line("public IDictionary<string, JsonElement>? UnknownFields { get; set; }");
    }
}
