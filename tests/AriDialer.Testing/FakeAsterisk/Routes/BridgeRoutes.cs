using System.Text.Json.Nodes;

namespace AriDialer.Testing;

/// <summary>Asterisk's /bridges.</summary>
internal sealed class BridgeRoutes(FakeSwitch @switch, TimeProvider time)
{
    private static readonly FakeAnswer NotFound = FakeAnswer.Error(404, "Bridge not found");

    public FakeAnswer? Handle(FakeRequest request) => (request.Method, request.Segments) switch
    {
        ("GET", ["bridges"]) => FakeAnswer.Ok(new JsonArray([.. @switch.Bridges.Values.Select(bridge => (JsonNode)FakeJson.Of(bridge))])),
        ("POST", ["bridges"]) => Create(request["bridgeId"] ?? $"bridge-{@switch.Bridges.Count + 1}", request),
        ("POST", ["bridges", var id]) => Create(id, request),
        ("GET", ["bridges", var id]) => With(id, bridge => FakeAnswer.Ok(FakeJson.Of(bridge))),
        ("DELETE", ["bridges", var id]) => With(id, Destroy),
        ("POST", ["bridges", var id, "addChannel"]) => With(id, bridge => AddChannels(bridge, request)),
        ("POST", ["bridges", var id, "removeChannel"]) => With(id, bridge => RemoveChannels(bridge, request)),
        (_, ["bridges", var id, "variable" or "variables"]) => With(id, bridge => VariableRoutes.Handle(request, bridge.Variables, bridge.Reported)!),
        ("POST", ["bridges", var id, "moh"]) => With(id, bridge => Music(bridge, on: true)),
        ("DELETE", ["bridges", var id, "moh"]) => With(id, bridge => Music(bridge, on: false)),
        _ => null,
    };

    private FakeAnswer With(string id, Func<FakeBridge, FakeAnswer> then) =>
        @switch.Bridges.TryGetValue(id, out var bridge) ? then(bridge) : NotFound;

    private FakeAnswer Create(string id, FakeRequest request)
    {
        if (@switch.Bridges.ContainsKey(id))
            return FakeAnswer.Error(409, $"Bridge with id '{id}' already exists");
        var bridge = new FakeBridge(id, request["name"] ?? "", request["type"] ?? "mixing", time.GetUtcNow());
        VariableRoutes.Set(bridge.Variables, bridge.Reported, request.Body);
        @switch.Bridges.Add(id, bridge);
        return FakeAnswer.Ok(FakeJson.Of(bridge));
    }

    private FakeAnswer Destroy(FakeBridge bridge)
    {
        @switch.Destroy(bridge);
        return FakeAnswer.Done;
    }

    private static FakeAnswer Music(FakeBridge bridge, bool on)
    {
        if (!on && !bridge.HasMusic)
            return FakeAnswer.Error(409, "Bridge isn't playing music");
        bridge.HasMusic = on;
        return FakeAnswer.Done;
    }

    private FakeAnswer AddChannels(FakeBridge bridge, FakeRequest request) => WithChannels(request, channel =>
    {
        if (channel.App is null)
            return FakeAnswer.Error(422, "Channel not in Stasis application");
        @switch.EnterBridge(channel, bridge);
        return FakeAnswer.Done;
    });

    private FakeAnswer RemoveChannels(FakeBridge bridge, FakeRequest request) => WithChannels(request, channel =>
    {
        if (channel.App is null || channel.Bridge != bridge)
            return FakeAnswer.Error(422, channel.App is null ? "Channel not in Stasis application" : "Channel not in this bridge");
        @switch.LeaveBridge(channel);
        return FakeAnswer.Done;
    });

    private FakeAnswer WithChannels(FakeRequest request, Func<FakeChannel, FakeAnswer> then)
    {
        foreach (var id in (request["channel"] ?? "").Split(','))
        {
            var answer = @switch.Channels.TryGetValue(id, out var channel) ? then(channel) : FakeAnswer.Error(400, "Channel not found");
            if (answer != FakeAnswer.Done)
                return answer;
        }

        return FakeAnswer.Done;
    }
}
