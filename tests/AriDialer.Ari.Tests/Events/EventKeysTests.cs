using System.Text;
using AriDialer.Ari.Events;
using AriDialer.Ari.Tests.Generation;

namespace AriDialer.Ari.Tests.Events;

public sealed class EventKeysTests
{
    [Theory]
    [InlineData("StasisStart", "channel.id replace_channel.id", "")]
    [InlineData("Dial", "caller.id peer.id forwarded.id", "")]
    [InlineData("ChannelEnteredBridge", "channel.id", "bridge.id")]
    [InlineData("BridgeMerged", "", "bridge.id bridge_from.id")]
    [InlineData("BridgeVideoSourceChanged", "old_video_source_id", "bridge.id")]
    [InlineData("ChannelUserevent", "channel.id", "bridge.id")]
    [InlineData("DeviceStateChanged", "", "")]
    [InlineData(
        "ChannelTransfer",
        "refer_to.destination_channel.id refer_to.connected_channel.id referred_by.source_channel.id referred_by.connected_channel.id",
        "refer_to.bridge.id referred_by.bridge.id")]
    [InlineData(
        "BridgeAttendedTransfer",
        "transferer_first_leg.id transferer_second_leg.id replace_channel.id transferee.id transfer_target.id destination_link_first_leg.id "
        + "destination_link_second_leg.id destination_threeway_channel.id",
        "transferer_first_leg_bridge.id transferer_second_leg_bridge.id destination_bridge destination_threeway_bridge.id")]
    public void Keys_OfEventWithAllItsFields_NameEachChannelAndBridge(string id, string channels, string bridges)
    {
        var keys = Parse(EventSample.Of(id).ToJsonString()).Keys;
        Assert.Equal(Words(channels), keys.Channels.Order(StringComparer.Ordinal));
        Assert.Equal(Words(bridges), keys.Bridges.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("channel:leg-1", new[] { "leg-1" }, new string[0])]
    [InlineData("bridge:b-1", new string[0], new[] { "b-1" })]
    [InlineData("elsewhere", new string[0], new string[0])]
    public void Keys_OfPlayback_NameItAndWhatItPlaysTo(string target, string[] channels, string[] bridges)
    {
        var keys = Parse($$$"""{"type":"PlaybackStarted","playback":{"id":"p-1","target_uri":"{{{target}}}"}}""").Keys;
        Assert.Equal(["p-1"], keys.Playbacks);
        Assert.Equal(channels, keys.Channels);
        Assert.Equal(bridges, keys.Bridges);
        Assert.Empty(keys.Recordings);
    }

    [Fact]
    public void Keys_OfRecording_NameItAndWhatIsRecorded()
    {
        var keys = Parse("""{"type":"RecordingFinished","recording":{"name":"r-1","target_uri":"channel:snoop-1"}}""").Keys;
        Assert.Equal(["r-1"], keys.Recordings);
        Assert.Equal(["snoop-1"], keys.Channels);
    }

    [Fact]
    public void Keys_OfSameChannelTwice_NameItOnce()
    {
        var keys = Parse("""{"type":"Dial","caller":{"id":"a"},"peer":{"id":"a"},"forwarded":{"id":""}}""").Keys;
        Assert.Equal(["a"], keys.Channels);
    }

    private static string[] Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    private static AriEvent Parse(string text) => EventParser.Parse(Encoding.UTF8.GetBytes(text));
}
