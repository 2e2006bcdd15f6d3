namespace AriDialer.Calls.Tests;

/// <summary>What a look into Asterisk says of a call, and what it does not say: its answer is as old as its question.</summary>
public sealed class CallSurveyTests
{
    private static readonly SeenChannel Caller = new(CallScript.CallerId, LegState.Down);
    private static readonly SeenChannel CallerUp = new(CallScript.CallerId, LegState.Up);
    private static readonly SeenChannel LegUp = new(CallScript.Leg(1), LegState.Up);

    [Fact]
    public void Leg_ArrivesWhileAsteriskIsBeingAsked_IsNotTakenToBeGone()
    {
        var call = new CallScript().Tell(new CallInput.RouteDecided(1, CallScript.ToTrunk));
        var asked = call.Taken;
        call.Tell(new CallInput.LegArrived(CallScript.Leg(1)), new CallInput.Surveyed([Caller], asked), new CallInput.LegsMissed([CallScript.Leg(1)], asked));
        Assert.Equal((CallState.Dialing, LegState.Down), (call.State, call.LegAt(CallScript.Leg(1)).State));
        Assert.DoesNotContain(call.Last, static e => e is CallEffect.HangUp);

        // The next question is asked of it.
        Assert.Equal(CallState.Ending, call.Tell(new CallInput.Surveyed([Caller], call.Taken)).State);
    }

    [Fact]
    public void Leg_RingsWhileAsteriskIsBeingAskedWithItsArrivalMissed_IsNotTakenToBeGone()
    {
        var call = new CallScript().Tell(new CallInput.RouteDecided(1, CallScript.ToTrunk));
        var asked = call.Taken;
        Assert.Equal(CallState.Ringing, call.Tell(new CallInput.LegRinging(CallScript.Leg(1)), new CallInput.Surveyed([Caller], asked)).State);
    }

    [Theory]
    [InlineData("handed")]
    [InlineData(CallScript.CallerId)]
    public void Legs_ComeFromAnotherCallWhileAsteriskIsBeingAsked_AreNotTakenToBeGone(string handed)
    {
        var call = CallScript.Conference();
        call.Tell(new CallInput.LegGone(CallScript.CallerId, 16));
        var asked = call.Taken;
        call.Tell(
            new CallInput.LegsJoined([new HandedLeg(handed, "x", null, null, CallScript.Customer, Muted: false)], CallScript.ColleagueId, null),
            new CallInput.Surveyed([LegUp, new SeenChannel(CallScript.Leg(2), LegState.Up)], asked));
        Assert.Equal(LegState.Up, call.LegAt(handed).State);
    }

    [Fact]
    public void Leg_IsNowhere_IsHungUpAllTheSame()
    {
        var call = CallScript.In(CallState.Ringing, CallScript.ToTwoPhones).Tell(CallScript.SeesNow(Caller, new SeenChannel(CallScript.Leg(2), LegState.Ringing)));
        Assert.Equal([new CallEffect.HangUp(CallScript.Leg(1), 16)], call.Last);

        call = CallScript.In(CallState.Connected).Tell(new CallInput.LegsMissed([CallScript.CallerId, CallScript.Leg(1)], long.MaxValue));
        Assert.Equal(CallState.Ended, call.State);
        Assert.Equal([CallScript.CallerId, CallScript.Leg(1)], call.Last.OfType<CallEffect.HangUp>().Select(static e => e.ChannelId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Leg_SomebodyTookItAway_IsNotHungUp(bool isToldSo)
    {
        var call = CallScript.Conference();
        if (isToldSo)
        {
            call.Tell(new CallInput.LegLeftStasis(CallScript.Leg(1)), CallScript.SeesNow(CallerUp, new SeenChannel(CallScript.Leg(2), LegState.Up)));
        }
        else
        {
            call.Tell(CallScript.SeesNow(CallerUp, new SeenChannel(CallScript.Leg(1), LegState.Gone), new SeenChannel(CallScript.Leg(2), LegState.Up)));
        }

        Assert.Equal((CallState.Connected, LegState.Gone), (call.State, call.LegAt(CallScript.Leg(1)).State));
        Assert.DoesNotContain(call.Last, static e => e is CallEffect.HangUp);
    }

    [Fact]
    public void Caller_WentBackToTheDialplan_IsNotHungUp()
    {
        var call = CallScript.In(CallState.Ringing, returns: "unanswered").Tell(new CallInput.LegGone(CallScript.Leg(1), 17), CallScript.SeesNow());
        Assert.Equal(CallState.Ended, call.State);
        Assert.DoesNotContain(call.Last, static e => e is CallEffect.HangUp { ChannelId: CallScript.CallerId });
    }

    [Fact]
    public void Adopted_LegIsNotAmongThose_IsGoneAndIsNotHungUp()
    {
        // A leg that was on its way to another call is that one's: the mark here names it still.
        var mark = Assert.IsType<CallEffect.WriteMark>(CallScript.Conference().All.Last(static e => e is CallEffect.WriteMark)).Mark;
        SeenChannel[] there = [CallerUp, new(CallScript.Leg(2), LegState.Up)];
        var call = Call.Adopt(mark, [.. there]);
        Assert.DoesNotContain(call.Resume([.. there], CallScript.Start), static e => e is CallEffect.HangUp);
        Assert.Equal([CallScript.CallerId, CallScript.Leg(2)], call.LiveChannels);
    }
}
