using AriDialer.Calls.Routing;

namespace AriDialer.Calls.Tests;

public sealed class CallTests
{
    [Fact]
    public void Call_RoutedToTrunk_MakesItsBridgeWithTheMarkBeforeItRingsAnybody()
    {
        var call = new CallScript().Tell(new CallInput.RouteDecided(1, CallScript.ToTrunk));
        Assert.Collection(
            call.Last,
            e => Assert.Equal(CallScript.Leg(1), Assert.IsType<CallEffect.CreateBridge>(e).Mark!.Legs[1].ChannelId),
            e => Assert.Equal(new CallEffect.NameCaller(CallScript.CallerId, "call"), e),
            e => Assert.Equal(CallScript.Leg(1), Assert.IsType<CallEffect.CreateLeg>(e).ChannelId),
            e => Assert.Equal(new CallEffect.AddToBridge(CallIds.Bridge("call"), CallScript.CallerId), e));
    }

    [Fact]
    public void Call_LegArrivesInStasis_IsRungOnce()
    {
        var call = new CallScript().Tell(new CallInput.RouteDecided(1, CallScript.ToTrunk)).Tell(new CallInput.LegArrived(CallScript.Leg(1)));
        Assert.Equal([new CallEffect.DialLeg(CallScript.Leg(1), TimeSpan.FromSeconds(45))], call.Last);
        Assert.Empty(call.Tell(new CallInput.LegArrived(CallScript.Leg(1))).Last);
    }

    [Fact]
    public void Call_LegArrivesAfterTheEnd_IsHungUp()
    {
        var call = new CallScript().Tell(new CallInput.RouteDecided(1, CallScript.ToTrunk), new CallInput.LegGone(CallScript.CallerId, 16));
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(1), 16), call.Tell(new CallInput.LegArrived(CallScript.Leg(1))).Last);
    }

    [Fact]
    public void Call_TrunkAnswers_ConnectsOnceBothAreUp()
    {
        var call = CallScript.In(CallState.Ringing);

        call.Tell(new CallInput.LegAnswered(CallScript.Leg(1)));
        Assert.Equal(CallState.Ringing, call.State);
        Assert.Contains(new CallEffect.Answer(CallScript.CallerId), call.Last);

        call.Tell(new CallInput.LegAnswered(CallScript.CallerId));
        Assert.Equal(CallState.Connected, call.State);
        Assert.NotNull(call.Snapshot.AnsweredAt);
    }

    [Fact]
    public void Call_AgentHangsUpWhileRinging_CancelsCustomerLeg()
    {
        var call = CallScript.In(CallState.Ringing).Tell(new CallInput.LegGone(CallScript.CallerId, 16));

        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(1), 16), call.Last);
        Assert.Equal(new CallEnd(EndedBy.Agent, EndReasons.Cancelled, 16, CallScript.AgentId), call.Snapshot.End);
        Assert.Equal(CallState.Ended, call.Tell(new CallInput.LegGone(CallScript.Leg(1), 16)).State);
    }

    [Theory]
    [InlineData(17, EndReasons.Busy, EndedBy.Customer, 17)]
    [InlineData(19, EndReasons.NoAnswer, EndedBy.System, 19)]
    [InlineData(21, EndReasons.Rejected, EndedBy.Customer, 21)]
    [InlineData(1, EndReasons.InvalidNumber, EndedBy.System, 1)]
    [InlineData(34, EndReasons.Failed, EndedBy.System, 34)]
    [InlineData(16, EndReasons.Failed, EndedBy.System, 38)]
    [InlineData(0, EndReasons.Failed, EndedBy.System, 38)]
    internal void Call_TrunkEndsBeforeAnswer_TellsCallerTheCause(int cause, string reason, EndedBy party, int told)
    {
        var call = CallScript.In(CallState.Ringing).Tell(new CallInput.LegGone(CallScript.Leg(1), cause));

        Assert.Equal(new CallEnd(party, reason, told), call.Snapshot.End);
        Assert.Contains(new CallEffect.HangUp(CallScript.CallerId, told), call.Last);
    }

    [Fact]
    public void Call_TwoPhonesRing_FirstToAnswerHasItAndTheOtherIsToldSo()
    {
        var call = CallScript.In(CallState.Ringing, CallScript.ToTwoPhones).Tell(new CallInput.LegAnswered(CallScript.Leg(2)));
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(1), 26), call.Last);

        call.Tell(new CallInput.LegAnswered(CallScript.Leg(1)));
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(1), 26), call.Last);
        call.Tell(new CallInput.LegAnswered(CallScript.CallerId), new CallInput.LegGone(CallScript.Leg(1), 26));
        Assert.Equal(CallState.Connected, call.State);
    }

    [Fact]
    public void Call_OnePhoneRejectsWhileAnotherRings_GoesOn()
    {
        var call = CallScript.In(CallState.Ringing, CallScript.ToTwoPhones).Tell(new CallInput.LegGone(CallScript.Leg(1), 21));
        Assert.Equal(CallState.Ringing, call.State);

        call.Tell(new CallInput.LegGone(CallScript.Leg(2), 19));
        Assert.Equal(EndReasons.Rejected, call.Snapshot.End?.Reason);
    }

    [Fact]
    public void Call_EarlyMediaFromLoneLeg_IsBridgedBeforeAnswer()
    {
        var call = CallScript.In(CallState.Dialing).Tell(new CallInput.LegEarlyMedia(CallScript.Leg(1)));
        Assert.Equal(
            [new CallEffect.AddToBridge(CallIds.Bridge("call"), CallScript.Leg(1)), new CallEffect.IndicateProgress(CallScript.CallerId)], call.Last);
        Assert.Empty(call.Tell(new CallInput.LegEarlyMedia(CallScript.Leg(1))).Last);

        var forked = CallScript.In(CallState.Dialing, CallScript.ToTwoPhones).Tell(new CallInput.LegEarlyMedia(CallScript.Leg(1)));
        Assert.Empty(forked.Last);
    }

    [Theory]
    [InlineData(17, "busy")]
    [InlineData(19, "no-answer")]
    public void Call_UnansweredWithReturn_GoesBackToTheDialplanWithItsResult(int cause, string result)
    {
        var call = CallScript.In(CallState.Ringing, returns: "unanswered").Tell(new CallInput.LegGone(CallScript.Leg(1), cause));

        var back = Assert.Single(call.Last.OfType<CallEffect.ContinueInDialplan>());
        Assert.Equal(result, back.Variables[DialplanVariables.Result]);
        Assert.Equal(cause.ToString(System.Globalization.CultureInfo.InvariantCulture), back.Variables[DialplanVariables.Cause]);
        Assert.Equal(CallState.Ended, call.Tell(new CallInput.LegLeftStasis(CallScript.CallerId)).State);
    }

    [Fact]
    public void Call_CallerLeavesWhileRouting_EndsOnlyOnceItIsKnownWhoItWas()
    {
        var call = new CallScript().Tell(new CallInput.LegGone(CallScript.CallerId, 16));
        Assert.Equal(CallState.Ending, call.State);

        call.Tell(new CallInput.RouteDecided(1, CallScript.ToTrunk));
        Assert.Equal(CallState.Ended, call.State);
        Assert.Equal(CallScript.Agent, call.Snapshot.Caller);
        Assert.Empty(call.Last);
    }

    [Fact]
    public void Call_RoutingRefuses_TellsCallerTheReasonsCause()
    {
        var refuse = new RefuseCall(CallDirection.Outbound, CallScript.Agent, CallScript.Customer, EndReasons.InvalidNumber);
        var call = new CallScript().Tell(new CallInput.RouteDecided(1, refuse));
        Assert.Contains(new CallEffect.HangUp(CallScript.CallerId, 28), call.Last);
    }

    [Fact]
    public void Call_TrunkBreaksInMidCall_IsTheSystemsFault()
    {
        var call = CallScript.In(CallState.Connected).Tell(new CallInput.LegGone(CallScript.Leg(1), 38));
        Assert.Equal(new CallEnd(EndedBy.System, EndReasons.Failed, 38), call.Snapshot.End);
    }

    [Fact]
    public void Call_CalledPersonDeclinesFromThePage_IsARejection()
    {
        var call = CallScript.In(CallState.Ringing, CallScript.ToTwoPhones)
            .Tell(new CallInput.ControlRequested(new CallRequester(CallScript.ColleagueId, MayControlAll: false), new CallControl.HangUp(), 1));
        Assert.Equal(new CallEnd(EndedBy.Agent, EndReasons.Rejected, 21, CallScript.ColleagueId), call.Snapshot.End);
    }

    [Fact]
    public void Call_EndNeverSeen_IsAskedForUntilNothingIsLeft()
    {
        var call = CallScript.In(CallState.Ending).Tell(CallScript.SeesNow(new SeenChannel(CallScript.CallerId, LegState.Up)));
        Assert.Contains(new CallEffect.HangUp(CallScript.CallerId, 16), call.Last);
        Assert.Contains(call.Last, e => e is CallEffect.SurveyLater);
        Assert.Equal(CallState.Ended, call.Tell(CallScript.SeesNow()).State);
    }

    [Fact]
    public void Call_BridgeRemovedInMidCall_IsMadeAgain()
    {
        var call = CallScript.In(CallState.Connected).Tell(new CallInput.BridgeGone(CallIds.Bridge("call")));
        Assert.Equal(3, call.Last.Length);
        Assert.IsType<CallEffect.CreateBridge>(call.Last[0]);
    }
}
