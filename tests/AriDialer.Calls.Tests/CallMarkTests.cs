namespace AriDialer.Calls.Tests;

public sealed class CallMarkTests
{
    [Fact]
    public void CallMark_WrittenAndRead_IsTheSame()
    {
        var mark = new CallMark(
            "call", CallDirection.Internal, CallScript.Agent, CallScript.Colleague, [new MarkedLeg("call.leg1", "PJSIP/web-1", CallScript.ColleagueId)],
            TimeSpan.FromSeconds(45), CallScript.Start, CallScript.Start.AddSeconds(1), null, ReturnsUnanswered: true);
        var read = CallMark.Parse(mark.ToJson());
        Assert.NotNull(read);
        Assert.Equal(mark.Legs.AsEnumerable(), read.Legs);
        Assert.Equal(mark with { Legs = default }, read with { Legs = default });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"callId\":\"x\"}")]
    [InlineData("{\"callId\":\"x\",\"caller\":{},\"callee\":{},\"legs\":[]}")]
    public void CallMark_AnythingElse_IsNoMark(string? text) => Assert.Null(CallMark.Parse(text));
}
