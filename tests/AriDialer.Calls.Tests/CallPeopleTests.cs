namespace AriDialer.Calls.Tests;

/// <summary>Three and more in a call, and two calls that become one.</summary>
public sealed class CallPeopleTests
{
    private static readonly string Bridge = CallIds.Bridge("call");

    [Fact]
    public void Call_PersonAdded_JoinsTheOthers()
    {
        var call = CallScript.Conference();
        Assert.Contains(new CallEffect.AddToBridge(Bridge, CallScript.Leg(2)), call.Last);
        Assert.Contains(MomentKinds.Joined, call.Kinds);
        Assert.Equal(CallScript.AgentId, call.Snapshot.OwnerUserId);
    }

    [Theory]
    [InlineData(CallScript.CallerId)]
    [InlineData("call.leg1")]
    [InlineData("call.leg2")]
    public void Call_AnyOfThreeHangsUp_TheOthersTalkOn(string channelId)
    {
        var call = CallScript.Conference().Tell(new CallInput.LegGone(channelId, 16));
        Assert.Equal(CallState.Connected, call.State);
        Assert.Contains(MomentKinds.Left, call.Kinds);
    }

    [Fact]
    public void Call_OwnerLeavesFromThePage_OwnershipPassesOn()
    {
        var call = CallScript.Conference().Ask(CallScript.AgentId, new CallControl.HangUp());
        Assert.Contains(new CallEffect.HangUp(CallScript.CallerId, 16), call.Last);
        Assert.Equal(CallState.Connected, call.State);
        Assert.Equal(CallScript.ColleagueId, call.Snapshot.OwnerUserId);
        Assert.Equal(CallState.Connected, call.Tell(new CallInput.LegGone(CallScript.CallerId, 16)).State);
    }

    [Fact]
    public void Call_WhoHasLeftHangsUpAgain_TheOthersTalkOn()
    {
        // A second click, or what a page could not say while it was cut off.
        var call = CallScript.Conference().Ask(CallScript.AgentId, new CallControl.HangUp()).Ask(CallScript.AgentId, new CallControl.HangUp());
        Assert.Equal((ControlAnswer.Accepted, CallState.Connected), (call.Answer, call.State));
        call.Tell(new CallInput.LegGone(CallScript.CallerId, 16)).Ask(CallScript.AgentId, new CallControl.HangUp());
        Assert.Equal((ControlAnswer.Accepted, CallState.Connected), (call.Answer, call.State));

        // Also where they may end everybody's calls: then they say that.
        var boss = new CallRequester(CallScript.AgentId, MayControlAll: true);
        Assert.Equal(CallState.Connected, call.Tell(new CallInput.ControlRequested(boss, new CallControl.HangUp(), 8)).State);
        Assert.Equal(CallState.Ending, call.Tell(new CallInput.ControlRequested(boss, new CallControl.End(), 9)).State);
    }

    [Fact]
    public void Call_SupervisorInAConference_EndsItForAll_OthersMayNot()
    {
        var call = CallScript.Conference().Ask(CallScript.AgentId, new CallControl.End());
        Assert.Equal((ControlAnswer.NotAllowed, CallState.Connected), (call.Answer, call.State));
        call.Tell(new CallInput.ControlRequested(new CallRequester(CallScript.AgentId, MayControlAll: true), new CallControl.End(), 9));
        Assert.Equal(CallState.Ending, call.State);
    }

    [Fact]
    public void Call_SecondToLastLeaves_Ends()
    {
        var call = CallScript.Conference().Tell(new CallInput.LegGone(CallScript.CallerId, 16), new CallInput.LegGone(CallScript.Leg(1), 16));
        Assert.Equal(CallState.Ending, call.State);
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(2), 16), call.Last);
    }

    [Fact]
    public void Call_OwnerRemovesSomebody_OthersMayNot()
    {
        var call = CallScript.Conference().Ask(CallScript.ColleagueId, new CallControl.Remove(CallScript.Leg(1)));
        Assert.Equal(ControlAnswer.NotAllowed, call.Answer);

        call.Ask(CallScript.AgentId, new CallControl.Remove(CallScript.Leg(1)));
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(1), 16), call.Last);
        Assert.Contains(MomentKinds.Removed, call.Kinds);
        Assert.Equal(CallState.Connected, call.State);
    }

    [Fact]
    public void Call_AddedPersonWhileTheyRing_CanBeRemoved()
    {
        var call = CallScript.Bringing(new CallControl.Add("colleague")).Ask(CallScript.AgentId, new CallControl.Remove(CallScript.Leg(2)));
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(2), 16), call.Last);
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(2), 26), call.Tell(new CallInput.LegAnswered(CallScript.Leg(2))).Last);
    }

    [Fact]
    public void Call_PersonWhoIsAddedDoesNotCome_TheOthersAreToldSo()
    {
        var call = CallScript.Bringing(new CallControl.Add("colleague")).Tell(new CallInput.LegGone(CallScript.Leg(2), 17));
        Assert.Equal((NoticeKinds.AddFailed, EndReasons.Busy), (call.Snapshot.Notice?.Kind, call.Snapshot.Notice?.Reason));
        Assert.Equal(CallState.Connected, call.State);
    }

    [Fact]
    public void Call_Merged_AsksTheOtherAndTakesItsPeople()
    {
        var call = CallScript.In(CallState.Connected).Ask(CallScript.AgentId, new CallControl.Hold()).Ask(CallScript.AgentId, new CallControl.Merge("other"));
        Assert.Contains(new CallEffect.AskForHandOver("other", "call", CallScript.AgentId, null), call.Last);

        call.Tell(new CallInput.LegsJoined([new HandedLeg("other.leg1", "PJSIP/x", null, null, CallScript.Customer, Muted: false)], CallScript.AgentId, null));
        Assert.Contains(new CallEffect.AddToBridge(Bridge, "other.leg1"), call.Last);
        Assert.Contains(new CallEffect.AddToBridge(Bridge, CallScript.CallerId), call.Last);
        Assert.Equal(LegRole.Merged, call.LegAt("other.leg1").Role);
    }

    [Fact]
    public void Call_AskedForItsPeople_HandsThemOverAndEnds()
    {
        var call = CallScript.In(CallState.Connected).Tell(new CallInput.HandOverRequested("other", CallScript.AgentId, null));
        var handOver = Assert.Single(call.Last.OfType<CallEffect.HandOver>());
        Assert.Equal(CallScript.Leg(1), Assert.Single(handOver.Legs).ChannelId);
        Assert.Contains(new CallEffect.HangUp(CallScript.CallerId, 16), call.Last);
        Assert.DoesNotContain(call.Last, effect => effect is CallEffect.HangUp hangUp && hangUp.ChannelId == CallScript.Leg(1));
        Assert.Equal(EndReasons.Merged, call.Snapshot.End?.Reason);

        // The call that asked has just ended.
        call.Tell(new CallInput.EffectFailed(handOver, EffectFailure.Gone));
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(1), 16), call.Last);
    }

    [Theory]
    [InlineData("stranger")]
    [InlineData(CallScript.ColleagueId)]
    public void Call_AskedForItsPeopleBySomebodyElse_Refuses(string userId)
    {
        var call = CallScript.In(CallState.Connected).Tell(new CallInput.HandOverRequested("other", userId, null));
        Assert.Equal([new CallEffect.RefuseHandOver("other", userId, null)], call.Last);
    }

    [Fact]
    public void Call_PeopleComeAfterItsEnd_AreHungUp()
    {
        var call = CallScript.In(CallState.Ending)
            .Tell(new CallInput.LegsJoined([new HandedLeg("other.leg1", "PJSIP/x", null, null, CallScript.Customer, Muted: false)], CallScript.AgentId, null));
        Assert.Contains(new CallEffect.HangUp("other.leg1", 16), call.Last);
    }

    [Fact]
    public void Call_PhoneRefersToItsOtherCall_LeavesBothOnceTheyMeet()
    {
        var call = CallScript.In(CallState.Connected).Tell(new CallInput.ReferReceived(CallScript.CallerId, "", "phone-2"));
        Assert.Equal([new CallEffect.AskForHandOver("phone-2", "call", CallScript.AgentId, CallScript.CallerId)], call.Last);

        call.Tell(new CallInput.LegsJoined([new HandedLeg("other.leg1", "PJSIP/x", null, null, CallScript.Colleague, Muted: false)], CallScript.AgentId, CallScript.CallerId));
        Assert.Contains(new CallEffect.ReportTransfer(CallScript.CallerId, "channel_answered"), call.Last);
        Assert.Contains(new CallEffect.HangUp(CallScript.CallerId, 16), call.Last);
        Assert.Equal(CallState.Connected, call.Tell(new CallInput.LegGone(CallScript.CallerId, 16)).State);
    }
}
