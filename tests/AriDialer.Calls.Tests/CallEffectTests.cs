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
        Assert.False(ring.WaitsFor(new CallEffect.CreateBridge("bridge")));
    }
}
