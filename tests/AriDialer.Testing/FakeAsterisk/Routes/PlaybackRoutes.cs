using System.Text.Json.Nodes;

namespace AriDialer.Testing;

/// <summary>Playing to a channel, and Asterisk's /playbacks. A playback goes on until it is stopped or a test finishes it.</summary>
internal sealed class PlaybackRoutes(FakeSwitch @switch)
{
    private static readonly FakeAnswer NotFound = FakeAnswer.Error(404, "Playback not found");

    private readonly Dictionary<string, (FakeChannel Channel, string Media)> _playing = [];

    public FakeAnswer? Handle(FakeRequest request) => (request.Method, request.Segments) switch
    {
        ("POST", ["channels", var channel, "play"]) => Play(channel, $"playback-{_playing.Count + 1}", request),
        ("POST", ["channels", var channel, "play", var id]) => Play(channel, id, request),
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
            @switch.TellOf(playing.Channel, "PlaybackFinished", ("playback", json));
            return true;
        }
    }

    private FakeAnswer Play(string channelId, string id, FakeRequest request)
    {
        if (!@switch.Channels.TryGetValue(channelId, out var channel))
            return FakeAnswer.Error(404, "Channel not found");
        if (channel.App is null)
            return FakeAnswer.Error(409, "Channel not in Stasis application");
        if (channel.State == "Down")
            return FakeAnswer.Error(412, "Channel in invalid state");
        _playing[id] = (channel, request["media"] ?? "");
        @switch.TellOf(channel, "PlaybackStarted", ("playback", Json(id, "playing")));
        return new FakeAnswer(201, Json(id, "queued"));
    }

    private JsonObject Json(string id, string state) => new()
    {
        ["id"] = id,
        ["media_uri"] = _playing[id].Media,
        ["target_uri"] = $"channel:{_playing[id].Channel.Id}",
        ["language"] = "en",
        ["state"] = state,
    };
}
