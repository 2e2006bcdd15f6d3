namespace AriDialer.Calls.Tests;

/// <summary>The waits between effects that no event can be made to bring about at will; the others are in EffectOrderTests.</summary>
public sealed class CallEffectTests
{
    [Fact]
    public void DialLeg_OfAChannelThatIsBeingHungUp_Waits()
    {
        var dial = new CallEffect.DialLeg("one", TimeSpan.FromSeconds(30));

        Assert.True(dial.WaitsFor(new CallEffect.HangUp("one", 26)));
        Assert.False(dial.WaitsFor(new CallEffect.HangUp("two", 26)));
    }

    [Fact]
    public void IndicateRinging_NeverOvertakesAnAnswer()
    {
        var ring = new CallEffect.IndicateRinging("caller");

        Assert.True(ring.WaitsFor(new CallEffect.Answer("caller")));
        Assert.False(ring.WaitsFor(new CallEffect.CreateBridge("bridge", Mark: null)));
    }

    [Fact]
    public void AddToBridge_WaitsForTheMusicToStopAndForItsOwnLastPlaceOnly()
    {
        var add = new CallEffect.AddToBridge("bridge", "one");

        Assert.True(add.WaitsFor(new CallEffect.SetMusic("bridge", On: false)));
        Assert.True(add.WaitsFor(new CallEffect.CreateBridge("bridge", Mark: null)));
        Assert.True(add.WaitsFor(new CallEffect.AddToBridge("consult", "one")));
        Assert.True(add.WaitsFor(new CallEffect.SetRingingTone("one", On: false)));
        Assert.False(add.WaitsFor(new CallEffect.AddToBridge("bridge", "two")));
        Assert.False(add.WaitsFor(new CallEffect.SetMusic("consult", On: true)));
        Assert.False(add.WaitsFor(new CallEffect.SendDigits("one", "123")));
    }

    [Fact]
    public void HangUp_OfAPhoneThatTransfersByRefer_WaitsUntilItIsToldSo() =>
        Assert.True(new CallEffect.HangUp("one", 16).WaitsFor(new CallEffect.ReportTransfer("one", "channel_answered")));

    [Fact]
    public void NameCaller_WaitsForTheBridgeThatTellsARestartWhoseTheCallerIs()
    {
        var name = new CallEffect.NameCaller("caller", "call");

        Assert.True(name.WaitsFor(CallScript.In(CallState.Dialing).All.OfType<CallEffect.CreateBridge>().Single()));
        Assert.False(name.WaitsFor(new CallEffect.CreateBridge("consult", Mark: null)));
    }

    [Fact]
    public void CreateLeg_WaitsForTheMark()
    {
        var create = new CallEffect.CreateLeg("one", "caller", "call", CallScript.ToTrunk.Targets[0]);

        var mark = CallScript.In(CallState.Dialing).All.OfType<CallEffect.CreateBridge>().Single();
        Assert.True(create.WaitsFor(mark));
        Assert.True(create.WaitsFor(new CallEffect.WriteMark("bridge", mark.Mark!)));
        Assert.False(create.WaitsFor(new CallEffect.CreateBridge("consult", Mark: null)));
    }
}
