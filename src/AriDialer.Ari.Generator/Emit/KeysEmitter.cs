namespace AriDialer.Ari.Generator;

/// <summary>Writes the <c>Keys</c> of an event out of its fields' types, through the models that hold such fields themselves.</summary>
internal sealed class KeysEmitter(ApiDescription description)
{
    // A model that is a key itself: its kind, its own id, and the field that names its target ("channel:ID" or "bridge:ID").
    private static readonly Dictionary<string, (string Kind, string Id, string? Target)> Keyed = new()
    {
        ["Channel"] = ("channels", "Id", null),
        ["Bridge"] = ("bridges", "Id", null),
        ["Playback"] = ("playbacks", "Id", "TargetUri"),
        ["LiveRecording"] = ("recordings", "Name", "TargetUri"),
        ["StoredRecording"] = ("recordings", "Name", null),
    };

    // Fields that hold an id as plain text.
    private static readonly Dictionary<string, string> TextIds = new()
    {
        ["BridgeVideoSourceChanged.old_video_source_id"] = "channels",
        ["BridgeAttendedTransfer.destination_bridge"] = "bridges",
    };

    private readonly Dictionary<string, ModelDescription> _models = description.Models.ToDictionary(model => model.Id);

    public static bool IsKeyed(string type) => Keyed.ContainsKey(type);

    /// <summary>Whether a field is what its model is known by.</summary>
    public static bool IsKey(ModelDescription model, string field) =>
        Keyed.TryGetValue(model.Id, out var key) && key.Id == Naming.Property(model, field);

    public void Write(CodeWriter code, ModelDescription model)
    {
        var keys = Find(model, "").ToLookup(key => key.Kind, key => key.Expression);
        code.Line("/// <inheritdoc/>");
        code.Line("[JsonIgnore]");
        if (keys.Count == 0)
        {
            code.Line("public override EventKeys Keys => EventKeys.None;");
            return;
        }

        var arguments = new[] { "channels", "bridges", "playbacks", "recordings" }
            .Where(keys.Contains)
            .Select(kind => $"{kind}: [{string.Join(", ", keys[kind])}]");
        code.Line("public override EventKeys Keys => EventKeys.Of(");
        code.Line($"    {string.Join(",\n        ", arguments)});");
    }

    private IEnumerable<(string Kind, string Expression)> Find(ModelDescription model, string path)
    {
        foreach (var (name, field) in model.Properties)
        {
            var value = path + Naming.Property(model, name);
            var access = value + (field.Required ? "." : "?.");
            if (TextIds.TryGetValue($"{model.Id}.{name}", out var kind))
            {
                yield return (kind, value);
            }
            else if (Keyed.TryGetValue(field.Type, out var key))
            {
                yield return (key.Kind, access + key.Id);
                if (key.Target is null)
                    continue;
                yield return ("channels", $"EventKeys.Channel({access}{key.Target})");
                yield return ("bridges", $"EventKeys.Bridge({access}{key.Target})");
            }
            else if (_models.TryGetValue(field.Type, out var inner))
            {
                foreach (var found in Find(inner, access))
                    yield return found;
            }
        }
    }
}
