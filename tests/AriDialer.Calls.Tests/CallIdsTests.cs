namespace AriDialer.Calls.Tests;

public sealed class CallIdsTests
{
    [Theory]
    [InlineData("aridialer-1795476234.0", null, "aridialer-1795476234-0")]
    [InlineData("aridialer-1795476234.0", "aridialer-1795476234-0", "aridialer-1795476234-0-v2")]
    [InlineData("aridialer-1795476234.0", "aridialer-1795476234-0-v2", "aridialer-1795476234-0-v3")]
    [InlineData("aridialer-1795476234.0", "somebody wrote this", "aridialer-1795476234-0")]
    [InlineData("../../etc/passwd", null, "------etc-passwd")]
    public void ForArrival_SameChannel_GivesSameIdUntilTheDialplanHadItBack(string channel, string? previous, string expected) =>
        Assert.Equal(expected, CallIds.ForArrival(channel, previous));

    [Theory]
    [InlineData("c-1.leg1", "c-1")]
    [InlineData("c-1.leg12", "c-1")]
    [InlineData("c-1.bridge", "c-1")]
    [InlineData("c-1.tap7", "c-1")]
    [InlineData("c-1.med2147483646", "c-1")]
    [InlineData("c-1.tbr7", "c-1")]
    [InlineData("c-1.legx", null)]
    [InlineData(".leg1", null)]
    [InlineData("1795476234.0", null)]
    public void TryGetCall_OnlyOurOwnIds_NameTheirCall(string id, string? call)
    {
        Assert.Equal(call is not null, CallIds.TryGetCall(id, out var found));
        Assert.Equal(call, found);
    }

    [Fact]
    public void NewTap_OfACall_IsKnownForItsAndNeverTheSameAgain()
    {
        var first = CallIds.NewTap("c-1");
        var second = CallIds.NewTap("c-1");
        string[] ids = [first.Snoop, first.Media, first.Bridge, second.Snoop, second.Media, second.Bridge];
        Assert.Equal(6, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(CallIds.IsTap(id) && CallIds.TryGetCall(id, out var call) && call == "c-1", id));
        Assert.All(["c-1.leg1", "c-1.rec1", "c-1.bridge", "c-1", "c-1.tapx"], id => Assert.False(CallIds.IsTap(id), id));
    }
}
