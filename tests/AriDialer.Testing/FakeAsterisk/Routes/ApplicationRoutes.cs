using System.Text.Json.Nodes;

namespace AriDialer.Testing;

/// <summary>Asterisk's /applications: filters, and subscriptions to single channels.</summary>
internal sealed class ApplicationRoutes(FakeSwitch @switch, FakeEventHub events)
{
    private const string ChannelSource = "channel:";

    public FakeAnswer? Handle(FakeRequest request) => (request.Method, request.Segments) switch
    {
        ("GET", ["applications", var app]) => With(app, () => { }),
        ("PUT", ["applications", var app, "eventFilter"]) => With(app, () => events.Filter(app, Types(request, "allowed"), Types(request, "disallowed"))),
        ("POST", ["applications", var app, "subscription"]) => Subscribe(app, request["eventSource"] ?? ""),
        _ => null,
    };

    private FakeAnswer With(string app, Action then)
    {
        if (!events.Serves(app))
            return FakeAnswer.Error(404, "Application not found");
        then();
        return FakeAnswer.Ok(new JsonObject
        {
            ["name"] = app,
            ["channel_ids"] = new JsonArray([.. @switch.Channels.Values.Where(channel => channel.App == app).Select(channel => (JsonNode)channel.Id)]),
            ["bridge_ids"] = new JsonArray([.. @switch.Bridges.Values.Where(bridge => bridge.Watchers.Contains(app)).Select(bridge => (JsonNode)bridge.Id)]),
            ["endpoint_ids"] = new JsonArray(),
            ["device_names"] = new JsonArray(),
            ["events_allowed"] = new JsonArray(),
            ["events_disallowed"] = new JsonArray(),
        });
    }

    private FakeAnswer Subscribe(string app, string source)
    {
        if (!source.StartsWith(ChannelSource, StringComparison.Ordinal))
            return FakeAnswer.Error(400, "Invalid event source URI scheme");
        if (!@switch.Channels.TryGetValue(source[ChannelSource.Length..], out var channel))
            return FakeAnswer.Error(422, "Event source does not exist");
        return With(app, () => channel.SubscribedBy = app);
    }

    private static HashSet<string>? Types(FakeRequest request, string name) =>
        (request.Body?[name] as JsonArray)?.Select(type => type!["type"]!.ToString()).ToHashSet();
}
