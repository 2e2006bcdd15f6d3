using System.Text.Json.Nodes;

namespace AriDialer.Testing;

/// <summary>Asterisk's /asterisk: what it is, its global variables, the objects of its dynamic configuration, and the endpoints among them.</summary>
internal sealed class AsteriskRoutes(IDictionary<string, string> globals, IDictionary<string, JsonArray> config, TimeProvider time)
{
    private readonly string _startedAt = FakeJson.Time(time.GetUtcNow());

    public FakeAnswer? Handle(FakeRequest request) => (request.Method, request.Segments) switch
    {
        ("GET", ["asterisk", "info"]) => FakeAnswer.Ok(Info()),
        ("GET", ["asterisk", "ping"]) => FakeAnswer.Ok(new JsonObject
        {
            ["ping"] = "pong",
            ["timestamp"] = FakeJson.Time(time.GetUtcNow()),
            ["asterisk_id"] = FakeEventHub.AsteriskId,
        }),
        ("GET", ["asterisk", "variable"]) => FakeAnswer.Ok(new JsonObject { ["value"] = globals.TryGetValue(request["variable"] ?? "", out var value) ? value : "" }),
        ("POST", ["asterisk", "variable"]) => SetGlobal(request["variable"] ?? "", request["value"] ?? ""),
        ("GET", ["endpoints", "PJSIP", var id]) => Endpoint(id),
        (_, ["asterisk", "config", "dynamic", var configClass, var type, var id]) => Config(request, $"{configClass}/{type}/{id}", id),
        _ => null,
    };

    private JsonObject Info() => new()
    {
        ["build"] = new JsonObject
        {
            ["os"] = "Linux",
            ["kernel"] = "unknown",
            ["machine"] = "unknown",
            ["options"] = "OPTIONAL_API",
            ["date"] = "2026-07-20 21:35:32 UTC",
            ["user"] = "nobody",
        },
        ["system"] = new JsonObject { ["version"] = "22.10.1", ["entity_id"] = FakeEventHub.AsteriskId },
        ["config"] = new JsonObject
        {
            ["name"] = "",
            ["default_language"] = "en",
            ["setid"] = new JsonObject { ["user"] = "", ["group"] = "" },
        },
        ["status"] = new JsonObject { ["startup_time"] = _startedAt, ["last_reload_time"] = _startedAt },
    };

    // Nobody ever registers with the fake.
    private FakeAnswer Endpoint(string id) => config.ContainsKey($"res_pjsip/endpoint/{id}")
        ? FakeAnswer.Ok(new JsonObject { ["technology"] = "PJSIP", ["resource"] = id, ["state"] = "offline", ["channel_ids"] = new JsonArray() })
        : FakeAnswer.Error(404, "Endpoint not found");

    private FakeAnswer SetGlobal(string name, string value)
    {
        globals[name] = value;
        return FakeAnswer.Done;
    }

    private FakeAnswer? Config(FakeRequest request, string key, string id)
    {
        switch (request.Method)
        {
            case "PUT":
                config[key] = request.Body?["fields"]?.DeepClone() as JsonArray ?? [];
                return FakeAnswer.Ok(config[key].DeepClone());
            case "GET" when config.TryGetValue(key, out var fields):
                return FakeAnswer.Ok(fields.DeepClone());
            case "DELETE" when config.Remove(key):
                return FakeAnswer.Done;
            default:
                return FakeAnswer.Error(404, $"Object with id '{id}' not found");
        }
    }
}
