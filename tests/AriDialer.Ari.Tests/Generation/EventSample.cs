using System.Text.Json.Nodes;
using AriDialer.Ari.Generator;

namespace AriDialer.Ari.Tests.Generation;

/// <summary>An example of each type, made from the description: every field is there, each text is the field's own path.</summary>
internal static class EventSample
{
    private static readonly Dictionary<string, ModelDescription> Models = ApiDescription.Read().Models.ToDictionary(model => model.Id);

    public static IEnumerable<string> EventIds => ApiDescription.Read().EventIds.Order(StringComparer.Ordinal);

    public static JsonObject Of(string eventId)
    {
        var sample = Fill(Models[eventId], "");
        foreach (var (name, value) in Fill(Models["Event"], "").Concat(Fill(Models["Message"], "")).ToList())
            sample[name] = value?.DeepClone();
        sample["type"] = eventId;
        return sample;
    }

    private static JsonObject Fill(ModelDescription model, string path) =>
        new(model.Properties.Select(field => KeyValuePair.Create(field.Key, Value(field.Value.Type, $"{path}{field.Key}"))));

    private static JsonNode? Value(string type, string path) => type switch
    {
        "string" => path,
        "int" => 17,
        "long" => 5_000_000_000,
        "double" => 1.5,
        "boolean" => true,
        "Date" => "2026-01-02T03:04:05.678+0000",
        "object" => new JsonObject { ["name"] = "value" },
        _ when type.StartsWith("List[", StringComparison.Ordinal) => new JsonArray(Value(type[5..^1], path)),
        _ => Fill(Models[type], path + "."),
    };
}
