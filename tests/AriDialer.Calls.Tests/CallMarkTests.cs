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

    [Fact]
    public void CallMark_OfACallThatRangManyPhones_StaysWithinWhatAsteriskTakes()
    {
        const int Most = 40_960;
        const int Phones = 25;
        var many = CallScript.ToColleague with
        {
            Targets = [.. Enumerable.Range(1, Phones).Select(n => new Routing.DialTarget($"PJSIP/web-abcdefgh{n:00000000}", "+12025550101", "Agent", CallScript.ColleagueId))],
        };
        var call = CallScript.In(CallState.Connected);
        for (var attempt = 2; attempt <= 16; attempt++)
        {
            var first = 2 + (attempt - 2) * Phones;
            call.Ask(CallScript.AgentId, new CallControl.Add("colleague")).Tell(new CallInput.RouteDecided(attempt, many));
            for (var leg = first; leg < first + Phones; leg++)
            {
                call.Tell(new CallInput.LegGone(CallScript.Leg(leg), 20));
            }
        }

        Assert.Equal(15 * Phones, call.All.OfType<CallEffect.CreateLeg>().Count() - 1);
        Assert.All(call.All.OfType<CallEffect.WriteMark>(), write => Assert.InRange(write.Mark.ToJson().Length, 100, Most / 2));
        Assert.Equal(1 + 15 * Phones, call.All.OfType<CallEffect.WriteMark>().Last().Mark.LegsMade);
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
