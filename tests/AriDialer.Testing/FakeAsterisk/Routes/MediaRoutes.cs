using System.Text.Json.Nodes;

namespace AriDialer.Testing;

/// <summary>Snoop channels, and media channels whose sound is handed out over a WebSocket.</summary>
internal sealed class MediaRoutes(FakeSwitch @switch)
{
    public FakeAnswer? Handle(FakeRequest request) => (request.Method, request.Segments) switch
    {
        ("POST", ["channels", "externalMedia"]) => ExternalMedia(request),
        ("POST", ["channels", var id, "snoop", var snoopId]) => Snoop(id, snoopId, request),
        _ => null,
    };

    private FakeAnswer Snoop(string id, string snoopId, FakeRequest request)
    {
        if (!@switch.Channels.TryGetValue(id, out var spied))
            return FakeAnswer.Error(404, "Channel not found");
        if (@switch.Channels.ContainsKey(snoopId))
            return FakeAnswer.Error(409, "Channel with given unique ID already exists");
        return FakeAnswer.Ok(FakeJson.Of(@switch.Snoop(spied, snoopId, request["app"] ?? "")));
    }

    private FakeAnswer ExternalMedia(FakeRequest request)
    {
        if (request["transport"] != "websocket" || request["encapsulation"] != "none" || request["connection_type"] != "server")
            return FakeAnswer.Error(501, "Only a WebSocket that is come for is played here");
        var id = request["channelId"] ?? $"media-{@switch.Channels.Count + 1}";
        if (@switch.Channels.ContainsKey(id))
            return FakeAnswer.Error(409, "Channel with given unique ID already exists");
        var channel = @switch.MakeMedia(id, request["app"] ?? "");
        var json = FakeJson.Of(channel);
        json["channelvars"] = new JsonObject
        {
            ["MEDIA_WEBSOCKET_CONNECTION_ID"] = channel.Media!.ConnectionId,
            ["MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE"] = "640",
        };
        return FakeAnswer.Ok(json);
    }
}
