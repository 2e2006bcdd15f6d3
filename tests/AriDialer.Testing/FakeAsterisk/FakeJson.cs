using System.Globalization;
using System.Text.Json.Nodes;

namespace AriDialer.Testing;

/// <summary>Channels, bridges and events as Asterisk writes them.</summary>
internal static class FakeJson
{
    public static JsonObject Of(FakeChannel channel)
    {
        var json = new JsonObject
        {
            ["id"] = channel.Id,
            ["name"] = channel.Name,
            ["state"] = channel.State,
            ["protocol_id"] = "",
            ["caller"] = Party(channel.CallerName, channel.CallerNumber),
            ["connected"] = Party(channel.ConnectedName, channel.ConnectedNumber),
            ["accountcode"] = "",
            ["dialplan"] = new JsonObject
            {
                ["context"] = channel.Context,
                ["exten"] = channel.Exten,
                ["priority"] = channel.Priority,
                ["app_name"] = channel.App is null ? "" : "Stasis",
                ["app_data"] = channel.App is null ? "" : channel.Args.Length == 0 ? channel.App : $"{channel.App},{channel.Args}",
            },
            ["creationtime"] = Time(channel.CreatedAt),
            ["language"] = "en",
        };
        if (channel.Reported.Count > 0)
            json["channelvars"] = Variables(channel.Variables, channel.Reported);
        return json;
    }

    public static JsonObject Of(FakeBridge bridge)
    {
        var json = new JsonObject
        {
            ["id"] = bridge.Id,
            ["technology"] = "simple_bridge",
            ["bridge_type"] = "mixing",
            ["bridge_class"] = "stasis",
            ["creator"] = "Stasis",
            ["name"] = bridge.Name,
            ["channels"] = new JsonArray([.. bridge.Channels.Select(channel => (JsonNode)channel.Id)]),
            ["creationtime"] = Time(bridge.CreatedAt),
            ["video_mode"] = "talker",
        };
        if (bridge.Reported.Count > 0)
            json["bridgevars"] = Variables(bridge.Variables, bridge.Reported);
        return json;
    }

    public static JsonObject Variables(IDictionary<string, string> all, IEnumerable<string> names) =>
        new(names.Select(name => KeyValuePair.Create(name, (JsonNode?)(all.TryGetValue(name, out var value) ? value : ""))));

    public static JsonObject Event(IEnumerable<(string Name, JsonNode? Value)> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    public static string Time(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture) + "+0000";

    private static JsonObject Party(string name, string number) => new() { ["name"] = name, ["number"] = number };

    public static JsonObject OfRecording(string name, string state, int seconds) =>
        new() { ["name"] = name, ["format"] = "wav", ["state"] = state, ["target_uri"] = "channel:any", ["duration"] = seconds };
}
