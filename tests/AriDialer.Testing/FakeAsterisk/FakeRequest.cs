using System.Text.Json.Nodes;

namespace AriDialer.Testing;

/// <summary>A request as it arrived.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Path">The path below <c>/ari</c>, still escaped.</param>
/// <param name="Query">The parameters of the query.</param>
/// <param name="Body">The JSON of the body; null when there is none.</param>
/// <param name="At">The timestamp (of TimeProvider) at which it arrived.</param>
public sealed record FakeRequest(string Method, string Path, IReadOnlyDictionary<string, string> Query, JsonNode? Body, long At)
{
    /// <summary>True where it came with the second password: from the application that follows one that died.</summary>
    public bool IsOfSecond { get; init; }

    /// <summary>The parts of the path, unescaped.</summary>
    public string[] Segments { get; } = [.. Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    /// <summary>A parameter of the query or, failing that, of the body, as Asterisk reads them; null when it is in neither.</summary>
    public string? this[string name] =>
        Query.TryGetValue(name, out var value) ? value : (Body as JsonObject)?[name] is JsonValue inBody ? inBody.ToString() : null;

    public bool Is(string method, string path) => Method == method && Path == path;

    public override string ToString() => $"{Method} {Path}{(Query.Count > 0 ? "?" : "")}{string.Join('&', Query.Select(pair => $"{pair.Key}={pair.Value}"))}";
}

/// <summary>What Asterisk says to a request.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Json">The body; null for none.</param>
public sealed record FakeAnswer(int Status, JsonNode? Json = null)
{
    /// <summary>The body where it is sound, not JSON.</summary>
    public byte[]? Sound { get; init; }

    public static FakeAnswer Done { get; } = new(204);

    public static FakeAnswer Ok(JsonNode json) => new(200, json);

    public static FakeAnswer Error(int status, string message) => new(status, new JsonObject { ["message"] = message });
}
