using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace AriDialer.Testing;

/// <summary>Asterisk's /recordings/stored.</summary>
internal sealed class StoredRecordingRoutes(ConcurrentDictionary<string, byte[]> recordings)
{
    private static readonly FakeAnswer NotFound = FakeAnswer.Error(404, "Recording not found");

    public FakeAnswer? Handle(FakeRequest request) => (request.Method, request.Segments) switch
    {
        ("GET", ["recordings", "stored"]) => FakeAnswer.Ok(new JsonArray([.. recordings.Keys.Order().Select(Json)])),
        ("GET", ["recordings", "live", _]) => NotFound,
        ("GET", ["recordings", "stored", var name]) => recordings.ContainsKey(name) ? FakeAnswer.Ok(Json(name)) : NotFound,
        ("GET", ["recordings", "stored", var name, "file"]) => recordings.TryGetValue(name, out var sound) ? new FakeAnswer(200) { Sound = sound } : NotFound,
        ("DELETE", ["recordings", "stored", var name]) => recordings.TryRemove(name, out _) ? FakeAnswer.Done : NotFound,
        ("POST", ["recordings", "stored", var name, "copy"]) => Copy(name, request["destinationRecordingName"] ?? ""),
        _ => null,
    };

    private FakeAnswer Copy(string name, string to)
    {
        if (!recordings.TryGetValue(name, out var sound))
            return NotFound;

        return recordings.TryAdd(to, sound)
            ? FakeAnswer.Ok(Json(to))
            : FakeAnswer.Error(409, "A recording with the same name already exists on the system");
    }

    private static JsonNode Json(string name) => new JsonObject { ["name"] = name, ["format"] = "wav" };
}
