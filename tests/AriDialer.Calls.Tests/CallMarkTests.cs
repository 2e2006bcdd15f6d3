namespace AriDialer.Calls.Tests;

public sealed class CallMarkTests
{
    [Fact]
    public void CallMark_WrittenAndRead_IsTheSame()
    {
        var call = CallScript.Bringing(new CallControl.Ask("colleague")).Ask(CallScript.AgentId, new CallControl.Hold());
        var mark = call.All.OfType<CallEffect.WriteMark>().Last().Mark;
        var read = CallMark.Parse(mark.ToJson());
        Assert.NotNull(read);
        Assert.Equal(mark.ToJson(), read.ToJson());
        Assert.Equal(mark.Legs.AsEnumerable(), read.Legs);
        Assert.Equal(Routing.RoutePurpose.Ask, read.Attempts[1].Purpose);
        Assert.Equal([CallScript.Leg(2)], read.Attempts[1].Legs);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"request\":{\"callId\":\"x\"}}")]
    [InlineData("{\"request\":{\"callId\":\"x\"},\"caller\":{},\"callee\":{},\"legs\":[],\"attempts\":[]}")]
    public void CallMark_AnythingElse_IsNoMark(string? text) => Assert.Null(CallMark.Parse(text));
}
