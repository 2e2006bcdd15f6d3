using AriDialer.Ari.Events;
using AriDialer.Testing;

namespace AriDialer.Ari.Tests.Events;

public sealed class AriEventSocketTests
{
    [Fact]
    public async Task ReadAll_CallIsAnsweredAndEnds_YieldsItsEventsInOrder()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        using var ari = TestClient.Of(asterisk);
        await using var stream = new MessageStream(new AriEventSocket(ari));
        Assert.Equal(new AriMessage.Connected(AfterGap: false), await stream.NextAsync());

        var caller = asterisk.Arrive("+12025550101");
        await ari.Channels.CreateAsync("PJSIP/web-1", "aridialer", channelId: "leg");
        await ari.Bridges.CreateWithIdAsync("bridge");
        await ari.Bridges.AddChannelAsync("bridge", [caller.Id, "leg"]);
        await ari.Channels.DialAsync("leg", caller: caller.Id, timeout: 30);
        var leg = await asterisk.DialedAsync();
        leg.Ring();
        leg.Answer();
        await ari.Channels.AnswerAsync(caller.Id);
        leg.HangUp(16);
        await ari.Bridges.DestroyAsync("bridge");

        string[] expected =
        [
            "StasisStart", "StasisStart", "ChannelEnteredBridge", "ChannelEnteredBridge", "ChannelConnectedLine", "Dial", "ChannelStateChange",
            "Dial", "ChannelStateChange", "Dial", "ChannelStateChange", "ChannelHangupRequest", "ChannelLeftBridge", "StasisEnd", "ChannelDestroyed",
            "ChannelLeftBridge", "BridgeDestroyed",
        ];
        var seen = new List<AriEvent>();
        while (seen.Count < expected.Length)
            seen.Add(await stream.NextEventAsync());
        Assert.Equal(expected, seen.Select(message => message.Type));
        Assert.All(seen, message => Assert.Null(message.UnknownFields));
        Assert.All(seen, message => Assert.IsNotType<UnknownEvent>(message));
    }
}
