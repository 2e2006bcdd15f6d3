using AriDialer.Calls.Routing;

namespace AriDialer.Calls.Tests;

/// <summary>Blind and attended transfers, and what may go wrong with them.</summary>
public sealed class CallTransferTests
{
    private static readonly string Bridge = CallIds.Bridge("call");
    private static readonly string ConsultBridge = CallIds.ConsultBridge("call");
    private static readonly CallInput CallerGone = new CallInput.LegGone(CallScript.CallerId, 16);
    private static readonly CallInput CustomerGone = new CallInput.LegGone(CallScript.Leg(1), 16);
    private static readonly CallInput ColleagueAnswers = new CallInput.LegAnswered(CallScript.Leg(2));

    private static CallScript Transferring() => CallScript.Bringing(new CallControl.Transfer("colleague"));

    private static CallScript Asking() => CallScript.Bringing(new CallControl.Ask("colleague"));

    [Fact]
    public void Call_TransferredBlind_ConnectsTheTargetAndLetsTheTransferorGo()
    {
        var call = Transferring();
        Assert.Equal(CallScript.Colleague, call.Snapshot.Transfer?.Party);
        Assert.Contains(new CallEffect.SetMusic(Bridge, On: true), call.All);

        call.Tell(ColleagueAnswers);
        Assert.Contains(new CallEffect.HangUp(CallScript.CallerId, 16), call.Last);
        Assert.Contains(new CallEffect.AddToBridge(Bridge, CallScript.Leg(2)), call.Last);
        Assert.Contains(new CallEffect.SetMusic(Bridge, On: false), call.Last);
        call.Tell(CallerGone);
        Assert.Equal(CallState.Connected, call.State);
        Assert.Equal(CallScript.ColleagueId, call.Snapshot.OwnerUserId);
        Assert.Null(call.Snapshot.Transfer);

        call.Tell(CustomerGone);
        Assert.Equal((EndedBy.Customer, EndReasons.Completed), (call.Snapshot.End!.Party, call.Snapshot.End.Reason));
        Assert.Equal(
            [MomentKinds.TransferStarted, MomentKinds.Transferred, MomentKinds.Ended],
            call.Kinds.Where(kind => kind.StartsWith("transfer", StringComparison.Ordinal) || kind == MomentKinds.Ended));
    }

    [Theory]
    [InlineData(17, EndReasons.Busy)]
    [InlineData(19, EndReasons.NoAnswer)]
    [InlineData(21, EndReasons.Rejected)]
    public void Call_TransferFails_BringsTheCallBackWithANotice(int cause, string reason)
    {
        var call = Transferring().Tell(new CallInput.LegGone(CallScript.Leg(2), cause));

        Assert.Equal(new CallNotice(1, CallScript.AgentId, NoticeKinds.TransferFailed, reason, CallScript.Colleague), call.Snapshot.Notice);
        Assert.Contains(new CallEffect.AddToBridge(Bridge, CallScript.CallerId), call.Last);
        Assert.Contains(new CallEffect.SetMusic(Bridge, On: false), call.Last);
        Assert.Equal(CallState.Connected, call.State);
    }

    [Fact]
    public void Call_TransferRefusedByRouting_BringsTheCallBackToo()
    {
        var call = CallScript.In(CallState.Connected).Ask(CallScript.AgentId, new CallControl.Transfer("nonsense"))
            .Tell(new CallInput.RouteDecided(2, new RefuseCall(CallDirection.Outbound, CallScript.Agent, CallParty.Unknown, EndReasons.InvalidNumber)));
        Assert.Equal(EndReasons.InvalidNumber, call.Snapshot.Notice?.Reason);
        Assert.Equal(LegPlace.Main, call.LegAt(CallScript.CallerId).Place);
    }

    [Fact]
    public void Call_TransferFailsAfterTheTransferorHungUp_RingsThemAgain()
    {
        var call = Transferring().Tell(CallerGone);
        Assert.Equal(CallState.Connected, call.State);

        call.Tell(new CallInput.LegGone(CallScript.Leg(2), 19));
        var ask = Assert.Single(call.Last.OfType<CallEffect.AskRoute>());
        Assert.Equal((RoutePurpose.Recall, CallScript.AgentId), (ask.Request.Purpose, ask.Request.ByUserId));
        Assert.Equal(CallScript.Customer, ask.Request.Waiting);

        call.Tell(
            new CallInput.RouteDecided(3, CallScript.ToColleague with { Callee = CallScript.Agent }), new CallInput.LegArrived(CallScript.Leg(3)),
            new CallInput.LegAnswered(CallScript.Leg(3)));
        Assert.Equal(LegPlace.Main, call.LegAt(CallScript.Leg(3)).Place);
        Assert.Equal(CallState.Connected, call.State);
    }

    [Fact]
    public void Call_NobodyTakesTheRecall_Ends()
    {
        var call = Transferring().Tell(CallerGone, new CallInput.LegGone(CallScript.Leg(2), 19))
            .Tell(new CallInput.RouteDecided(3, new RefuseCall(CallDirection.Internal, CallScript.Customer, CallScript.Agent, EndReasons.Unavailable)));
        Assert.Equal(EndReasons.TransferFailed, call.Snapshot.End?.Reason);
    }

    [Fact]
    public void Call_CustomerHangsUpDuringTheTransfer_EndsAndTheTargetRingsNoMore()
    {
        var call = Transferring().Tell(CustomerGone);
        Assert.Equal(CallState.Ending, call.State);
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(2), 16), call.Last);
    }

    [Fact]
    public void Call_TransferCancelled_BringsThemTogetherAgain()
    {
        var call = Transferring().Ask(CallScript.AgentId, new CallControl.CancelTransfer());
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(2), 16), call.Last);
        Assert.Contains(new CallEffect.AddToBridge(Bridge, CallScript.CallerId), call.Last);

        // It answers all the same, a moment too late.
        call.Tell(ColleagueAnswers);
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(2), 26), call.Last);
        Assert.False(call.Snapshot.Legs.Any(leg => leg.ChannelId == CallScript.Leg(2) && leg.Place == LegPlace.Main));
    }

    [Fact]
    public void Call_TwoTransfersAtOnce_TheSecondIsRefused()
    {
        var call = Transferring().Ask(CallScript.AgentId, new CallControl.Transfer("somebody"));
        Assert.Equal(Refusals.AlreadyTransferring, call.Answer.Refusal);
        Assert.Equal(Refusals.AlreadyTransferring, Transferring().Ask(CallScript.AgentId, new CallControl.Ask("somebody")).Answer.Refusal);
    }

    [Fact]
    public void Call_TransferredToSomebodyWhoIsInIt_IsNotRung()
    {
        var call = CallScript.Conference().Ask(CallScript.AgentId, new CallControl.Transfer("colleague"))
            .Tell(new CallInput.RouteDecided(3, CallScript.ToColleague));
        Assert.DoesNotContain(call.Last, effect => effect is CallEffect.CreateLeg);
        Assert.Equal(NoticeKinds.TransferFailed, call.Snapshot.Notice?.Kind);
    }

    [Fact]
    public void Call_AskedFirst_OthersHearMusicAndTheAskerTheRinging()
    {
        var call = Asking();
        Assert.Contains(new CallEffect.RemoveFromBridge(Bridge, CallScript.CallerId), call.All);
        Assert.Contains(new CallEffect.SetMusic(Bridge, On: true), call.All);
        Assert.Contains(new CallEffect.SetRingingTone(CallScript.CallerId, On: true), call.All);
        Assert.Equal(new Consultation(CallScript.AgentId, CallScript.CallerId, CallScript.Colleague, IsUp: false, TalksToOthers: false), call.Snapshot.Consultation);

        call.Tell(ColleagueAnswers);
        Assert.Contains(new CallEffect.SetRingingTone(CallScript.CallerId, On: false), call.Last);
        Assert.Contains(new CallEffect.AddToBridge(ConsultBridge, CallScript.CallerId), call.Last);
        Assert.Contains(new CallEffect.AddToBridge(ConsultBridge, CallScript.Leg(2)), call.Last);
        Assert.True(call.Snapshot.Consultation?.IsUp);
    }

    [Fact]
    public void Call_Swapped_TheOneAskedHearsMusicMeanwhile()
    {
        var call = Asking().Tell(ColleagueAnswers).Ask(CallScript.AgentId, new CallControl.Swap());
        Assert.Equal(
            [new CallEffect.SetMusic(Bridge, On: false), new CallEffect.AddToBridge(Bridge, CallScript.CallerId), new CallEffect.SetMusic(ConsultBridge, On: true)],
            call.Last.Where(effect => effect is CallEffect.SetMusic or CallEffect.AddToBridge));
        Assert.True(call.Snapshot.Consultation?.TalksToOthers);
    }

    [Fact]
    public void Call_TransferCompleted_OthersTalkToTheOneAsked()
    {
        var call = Asking().Tell(ColleagueAnswers).Ask(CallScript.AgentId, new CallControl.CompleteTransfer());
        Assert.Contains(new CallEffect.HangUp(CallScript.CallerId, 16), call.Last);
        Assert.Contains(new CallEffect.AddToBridge(Bridge, CallScript.Leg(2)), call.Last);
        Assert.Null(call.Snapshot.Consultation);
        Assert.Equal(CallState.Connected, call.Tell(CallerGone).State);
        Assert.Contains(MomentKinds.Transferred, call.Kinds);
    }

    [Fact]
    public void Call_CompletedWhileItRings_IsATransferThatCanFail()
    {
        var call = Asking().Ask(CallScript.AgentId, new CallControl.CompleteTransfer());
        Assert.NotNull(call.Snapshot.Transfer);
        call.Tell(CallerGone, new CallInput.LegGone(CallScript.Leg(2), 19));
        Assert.Contains(call.Last, effect => effect is CallEffect.AskRoute { Request.Purpose: RoutePurpose.Recall });
    }

    [Fact]
    public void Call_AskerHangsUp_CompletesTheTransfer()
    {
        var call = Asking().Tell(ColleagueAnswers, CallerGone);
        Assert.Equal(CallState.Connected, call.State);
        Assert.Equal(LegPlace.Main, call.LegAt(CallScript.Leg(2)).Place);
    }

    [Fact]
    public void Call_OneAskedHangsUp_BringsTheAskerBackWithANotice()
    {
        var call = Asking().Tell(ColleagueAnswers, new CallInput.LegGone(CallScript.Leg(2), 16));
        Assert.Equal(NoticeKinds.AskedLeft, call.Snapshot.Notice?.Kind);
        Assert.Contains(new CallEffect.AddToBridge(Bridge, CallScript.CallerId), call.Last);
    }

    [Fact]
    public void Call_OneAskedIsBusy_BringsTheAskerBackWithANotice()
    {
        var call = Asking().Tell(new CallInput.LegGone(CallScript.Leg(2), 17));
        Assert.Equal((NoticeKinds.AskFailed, EndReasons.Busy), (call.Snapshot.Notice?.Kind, call.Snapshot.Notice?.Reason));
        Assert.Contains(new CallEffect.SetRingingTone(CallScript.CallerId, On: false), call.Last);
    }

    [Fact]
    public void Call_OthersHangUpDuringTheConsultation_AskerAndAskedTalkOn()
    {
        var call = Asking().Tell(ColleagueAnswers, CustomerGone);
        Assert.Equal(CallState.Connected, call.State);
        Assert.Equal(NoticeKinds.OthersLeft, call.Snapshot.Notice?.Kind);
        Assert.Equal(LegPlace.Main, call.LegAt(CallScript.CallerId).Place);

        var early = Asking().Tell(CustomerGone);
        Assert.Equal(CallState.Connected, early.State);
        Assert.Equal(LegPlace.Main, early.Tell(ColleagueAnswers).LegAt(CallScript.Leg(2)).Place);
    }

    [Fact]
    public void Call_ConsultationCancelled_BringsTheAskerBack()
    {
        var call = Asking().Tell(ColleagueAnswers).Ask(CallScript.AgentId, new CallControl.CancelTransfer());
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(2), 16), call.Last);
        Assert.Equal(LegPlace.Main, call.LegAt(CallScript.CallerId).Place);
        Assert.Equal(CallState.Connected, call.Tell(new CallInput.LegGone(CallScript.Leg(2), 16)).State);
    }

    [Fact]
    public void Call_TransferredToThePlan_ContinuesThereAndIsOver()
    {
        var place = new DialplanPlace("support", "s");
        var call = CallScript.In(CallState.Connected).Ask(CallScript.AgentId, new CallControl.Transfer("support"))
            .Tell(new CallInput.RouteDecided(2, new HandBack(CallDirection.Outbound, CallScript.Agent, new CallParty(null, null, "Support"), place)));
        Assert.Equal(place, Assert.Single(call.Last.OfType<CallEffect.ContinueInDialplan>(), back => back.ChannelId == CallScript.Leg(1)).Place);
        Assert.Equal(EndReasons.Transferred, call.Snapshot.End?.Reason);
        Assert.Equal(CallState.Ended, call.Tell(new CallInput.LegLeftStasis(CallScript.Leg(1)), CallerGone).State);
    }

    [Fact]
    public void Call_PhoneRefers_IsTransferredAndToldSo()
    {
        var call = CallScript.In(CallState.Connected)
            .Tell(new CallInput.ReferReceived(CallScript.CallerId, "+12025550102", null), new CallInput.RouteDecided(2, CallScript.ToColleague))
            .Tell(new CallInput.LegArrived(CallScript.Leg(2)), ColleagueAnswers);
        Assert.Contains(new CallEffect.ReportTransfer(CallScript.CallerId, "channel_answered"), call.Last);
    }

    [Fact]
    public void Call_TrunkRefers_IsDeclined()
    {
        var call = CallScript.In(CallState.Connected).Tell(new CallInput.ReferReceived(CallScript.Leg(1), "+12025550102", null));
        Assert.Equal([new CallEffect.ReportTransfer(CallScript.Leg(1), "channel_declined")], call.Last);
    }

    [Fact]
    public void Call_PhoneHangsUpOnItsFailedRefer_IsRungAgain()
    {
        var call = CallScript.In(CallState.Connected)
            .Tell(new CallInput.ReferReceived(CallScript.CallerId, "12", null), new CallInput.RouteFailed(2))
            .Tell(CallerGone);
        Assert.Equal(RoutePurpose.Recall, Assert.Single(call.Last.OfType<CallEffect.AskRoute>()).Request.Purpose);
        Assert.Equal(CallState.Connected, call.State);
    }

    [Fact]
    public void Transfer_ReportedByUs_ComesBackAndIsNoRequest()
    {
        var asked = new Ari.Events.ChannelTransfer();
        asked.ReferredBy.SourceChannel.Id = "phone";
        asked.ReferTo.RequestedDestination.Destination = "12";
        Assert.Equal(("phone", new CallInput.ReferReceived("phone", "12", null)), Calls.Stasis.EventTranslator.Translate(asked));

        asked.State = "channel_declined";
        Assert.Null(Calls.Stasis.EventTranslator.Translate(asked));
    }
}
