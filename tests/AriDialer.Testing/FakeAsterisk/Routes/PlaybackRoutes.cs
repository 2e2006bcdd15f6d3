using System.Text.Json.Nodes;

namespace AriDialer.Testing;

/// <summary>Playing to a channel or a bridge, and Asterisk's /playbacks. A playback goes on until it is stopped or a test finishes it.</summary>
internal sealed class PlaybackRoutes(FakeSwitch @switch)
{
    private static readonly FakeAnswer NotFound = FakeAnswer.Error(404, "Playback not found");

    // To whom, by the id of a channel or a bridge, and what. Those who wait for its end are told by a channel of theirs.
    private readonly Dictionary<string, (string Target, Action<string, (string, JsonNode?)> Tell, string Media)> _playing = [];

    public FakeAnswer? Handle(FakeRequest request) => (request.Method, request.Segments) switch
    {
        ("POST", ["channels", var channel, "play"]) => Play(channel, $"playback-{_playing.Count + 1}", request),
        ("POST", ["channels", var channel, "play", var id]) => Play(channel, id, request),
        ("POST", ["bridges", var bridge, "play", var id]) => Announce(bridge, id, request),
        ("GET", ["playbacks", var id]) => _playing.ContainsKey(id) ? FakeAnswer.Ok(Json(id, "playing")) : NotFound,
        ("DELETE", ["playbacks", var id]) => Finish(id) ? FakeAnswer.Done : NotFound,
        _ => null,
    };

    public bool IsPlaying(string id)
    {
        lock (@switch.Gate)
            return _playing.ContainsKey(id);
    }

    public bool Finish(string id)
    {
        lock (@switch.Gate)
        {
            if (!_playing.TryGetValue(id, out var playing))
                return false;
            var json = Json(id, "done");
            _playing.Remove(id);
            playing.Tell("PlaybackFinished", ("playback", json));
            return true;
        }
    }

    /// <summary>What is being played to a channel or a bridge, by its id.</summary>
    public IReadOnlyList<string> PlayingTo(string id)
    {
        lock (@switch.Gate)
            return [.. _playing.Where(playing => playing.Value.Target.EndsWith(':' + id)).Select(playing => playing.Key)];
    }

    private FakeAnswer Play(string channelId, string id, FakeRequest request)
    {
        if (!@switch.Channels.TryGetValue(channelId, out var channel))
            return FakeAnswer.Error(404, "Channel not found");
        if (channel.App is null)
            return FakeAnswer.Error(409, "Channel not in Stasis application");
        if (channel.State == "Down")
            return FakeAnswer.Error(412, "Channel in invalid state");
        _playing[id] = ($"channel:{channelId}", (type, field) => @switch.TellOf(channel, type, field), request["media"] ?? "");
        return Begin(id);
    }

    private FakeAnswer Announce(string bridgeId, string id, FakeRequest request)
    {
        if (!@switch.Bridges.TryGetValue(bridgeId, out var bridge))
            return FakeAnswer.Error(404, "Bridge not found");
        _playing[id] = ($"bridge:{bridgeId}", (type, field) => @switch.TellOf(bridge, type, field), request["media"] ?? "");
        return Begin(id);
    }

    private FakeAnswer Begin(string id)
    {
        _playing[id].Tell("PlaybackStarted", ("playback", Json(id, "playing")));
        return new FakeAnswer(201, Json(id, "queued"));
    }

    private JsonObject Json(string id, string state) => new()
    {
        ["id"] = id,
        ["media_uri"] = _playing[id].Media,
        ["target_uri"] = _playing[id].Target,
        ["language"] = "en",
        ["state"] = state,
    };
}
