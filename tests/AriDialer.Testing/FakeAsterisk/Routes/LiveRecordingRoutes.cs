using System.Collections.Concurrent;

namespace AriDialer.Testing;

/// <summary>What is being recorded: it goes on while nobody is connected, and ends with the channel that is heard.</summary>
internal sealed class LiveRecordingRoutes
{
    private readonly FakeSwitch _switch;
    private readonly ConcurrentDictionary<string, byte[]> _stored;
    private readonly Dictionary<string, FakeChannel> _live = [];

    public LiveRecordingRoutes(FakeSwitch @switch, ConcurrentDictionary<string, byte[]> stored)
    {
        (_switch, _stored) = (@switch, stored);
        @switch.LeavingStasis += OnLeaving;
    }

    /// <summary>What is being recorded: name, and the channel that is heard.</summary>
    public IReadOnlyDictionary<string, FakeChannel> Live
    {
        get
        {
            lock (_switch.Gate)
                return new Dictionary<string, FakeChannel>(_live);
        }
    }

    public FakeAnswer? Handle(FakeRequest request) => (request.Method, request.Segments) switch
    {
        ("POST", ["channels", var id, "record"]) => Record(id, request),
        ("GET", ["recordings", "live", var name]) when _live.ContainsKey(name) => FakeAnswer.Ok(FakeJson.OfRecording(name, "recording", seconds: 0)),
        _ => null,
    };

    /// <summary>A recording comes to its end by itself: the caller pressed a key, say.</summary>
    public bool Finish(string name, int seconds)
    {
        lock (_switch.Gate)
        {
            if (!_live.Remove(name, out var channel))
                return false;
            _stored[name] = [];
            _switch.TellOf(channel, "RecordingFinished", ("recording", FakeJson.OfRecording(name, "done", seconds)));
            return true;
        }
    }

    private FakeAnswer Record(string id, FakeRequest request)
    {
        var name = request["name"] ?? "";
        if (!_switch.Channels.TryGetValue(id, out var channel))
            return FakeAnswer.Error(404, "Channel not found");
        if (channel.App is null)
            return FakeAnswer.Error(409, "Channel not in Stasis application");
        if (channel.State == "Down")
            return FakeAnswer.Error(412, "Channel in invalid state");
        if (_live.ContainsKey(name) || (_stored.ContainsKey(name) && request["ifExists"] is null or "fail"))
            return FakeAnswer.Error(409, $"Recording '{name}' already exists and can not be overwritten");
        _live[name] = channel;
        _switch.TellOf(channel, "RecordingStarted", ("recording", FakeJson.OfRecording(name, "recording", seconds: 0)));
        return new FakeAnswer(201, FakeJson.OfRecording(name, "queued", seconds: 0));
    }

    private void OnLeaving(FakeChannel channel)
    {
        foreach (var name in _live.Where(recording => recording.Value == channel).Select(recording => recording.Key).ToList())
            Finish(name, seconds: 1);
    }
}
