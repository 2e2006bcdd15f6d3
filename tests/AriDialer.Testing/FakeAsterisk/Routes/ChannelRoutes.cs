using System.Text.Json.Nodes;

namespace AriDialer.Testing;

/// <summary>Asterisk's /channels, with the statuses and words that 22.10.1 was seen to answer with.</summary>
internal sealed class ChannelRoutes(FakeSwitch @switch, ISet<string> unreachable)
{
    private static readonly FakeAnswer NotFound = FakeAnswer.Error(404, "Channel not found");
    private static readonly FakeAnswer NotInStasis = FakeAnswer.Error(409, "Channel not in Stasis application");

    public FakeAnswer? Handle(FakeRequest request) => (request.Method, request.Segments) switch
    {
        ("GET", ["channels"]) => FakeAnswer.Ok(new JsonArray([.. @switch.Channels.Values.Select(channel => (JsonNode)FakeJson.Of(channel))])),
        ("POST", ["channels", "create"]) => Create(request),
        ("GET", ["channels", var id]) => WithAny(id, channel => FakeAnswer.Ok(FakeJson.Of(channel))),
        ("DELETE", ["channels", var id]) => WithAny(id, channel => HangUp(channel, request)),
        ("GET", ["channels", var id, "rtp_statistics"]) => WithAny(id, RtpStatistics),
        (_, ["channels", var id, "variable" or "variables"]) => VariableRoutes.Handle(request, Find(id)),
        ("POST", ["channels", var id, "dial"]) => WithOurs(id, channel => Dial(channel, request)),
        ("POST", ["channels", var id, "continue"]) => WithOurs(id, channel => Continue(channel, request)),
        ("POST", ["channels", var id, "answer"]) => WithOffered(id, Answer),
        ("POST" or "DELETE", ["channels", var id, "ring" or "progress" or "hold" or "moh" or "silence" or "mute" or "dtmf"]) =>
            WithOffered(id, _ => FakeAnswer.Done),
        _ => null,
    };

    private FakeChannel? Find(string id) => @switch.Channels.GetValueOrDefault(id);

    private FakeAnswer WithAny(string id, Func<FakeChannel, FakeAnswer> then) => Find(id) is { } channel ? then(channel) : NotFound;

    private FakeAnswer WithOurs(string id, Func<FakeChannel, FakeAnswer> then) =>
        WithAny(id, channel => channel.App is null ? NotInStasis : then(channel));

    // Nothing can be offered to a channel that has not been dialled.
    private FakeAnswer WithOffered(string id, Func<FakeChannel, FakeAnswer> then) =>
        WithOurs(id, channel => channel.State == "Down" ? FakeAnswer.Error(412, "Channel in invalid state") : then(channel));

    private FakeAnswer Create(FakeRequest request)
    {
        if (string.IsNullOrEmpty(request["endpoint"]))
            return FakeAnswer.Error(400, "Endpoint must be specified");
        var id = request["channelId"] ?? $"created-{@switch.Channels.Count + 1}";

        // An endpoint that is not there or not registered is answered just as a used id is.
        if (@switch.Channels.ContainsKey(id) || unreachable.Contains(request["endpoint"]!))
            return FakeAnswer.Error(409, "Channel with given unique ID already exists");
        var channel = @switch.Create(id, request["endpoint"]!, request["app"] ?? "", request["appArgs"] ?? "");
        VariableRoutes.Set(channel.Variables, channel.Reported, request.Body);
        return FakeAnswer.Ok(FakeJson.Of(channel));
    }

    private FakeAnswer HangUp(FakeChannel channel, FakeRequest request)
    {
        int? cause = (request["reason_code"], request["reason"]) switch
        {
            (null, null) => 16,
            ({ } code, null) => int.TryParse(code, out var number) ? number : null,
            (null, "normal" or "answered_elsewhere") => 16,
            (null, "busy") => 17,
            (null, "congestion") => 34,
            (null, "no_answer") => 19,
            _ => null,
        };
        if (cause is null)
            return FakeAnswer.Error(400, "Invalid reason for hangup reason provided");
        @switch.HangUp(channel, cause.Value, byUs: true);
        return FakeAnswer.Done;
    }

    // A packet each 20 ms, counted as if the last time that somebody asked were long ago.
    private static FakeAnswer RtpStatistics(FakeChannel channel)
    {
        channel.Packets += channel.IsSilent ? 0 : 15;
        return FakeAnswer.Ok(new JsonObject { ["channel_uniqueid"] = channel.Id, ["rxcount"] = channel.Packets, ["txcount"] = 0 });
    }

    private FakeAnswer Dial(FakeChannel channel, FakeRequest request)
    {
        if (channel.State != "Down")
            return FakeAnswer.Error(409, "Channel is not in the 'Down' state");
        if (channel.Dialed)
        {
            // As Asterisk does (LegThatHasNotRung_IsDown_AndIsLostWhenItIsDialledAgain in the end-to-end tests).
            channel.HangUp(38);
            return FakeAnswer.Done;
        }

        TimeSpan? limit = int.TryParse(request["timeout"], out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
        @switch.Dial(channel, request["caller"] is { } caller ? Find(caller) : null, limit);
        return FakeAnswer.Done;
    }

    private FakeAnswer Answer(FakeChannel channel)
    {
        if (channel.State != "Up")
            @switch.ChangeState(channel, "Up");
        return FakeAnswer.Done;
    }

    private FakeAnswer Continue(FakeChannel channel, FakeRequest request)
    {
        @switch.LeaveStasis(channel);
        channel.ContinuedAt = request.Query;
        return FakeAnswer.Done;
    }
}
