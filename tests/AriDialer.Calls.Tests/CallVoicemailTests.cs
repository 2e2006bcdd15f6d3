using AriDialer.Calls.Routing;

namespace AriDialer.Calls.Tests;

/// <summary>What routing may want when nobody answers: somebody else, or a mailbox.</summary>
public sealed class CallVoicemailTests
{
    private static readonly RingTargets AskAgain = CallScript.ToColleague with { AskAgain = true, Trail = ["user-colleague"] };

    private static CallScript Unanswered() => new CallScript()
        .Tell(new CallInput.RouteDecided(1, AskAgain), new CallInput.LegArrived(CallScript.Leg(1)), new CallInput.LegRinging(CallScript.Leg(1)))
        .Tell(new CallInput.LegGone(CallScript.Leg(1), 19));

    [Fact]
    public void Call_NobodyAnswers_RoutingIsAskedAgainWithTheReasonAndTheTrail()
    {
        var call = Unanswered();
        var ask = Assert.Single(call.Last.OfType<CallEffect.AskRoute>());
        Assert.Equal(EndReasons.NoAnswer, ask.Request.Unanswered);
        Assert.Equal(["user-colleague"], ask.Request.Trail);
        Assert.Equal(CallState.Ringing, call.State);
    }

    [Fact]
    public void Call_Forwarded_RingsTheNextWithAnIdOfItsOwn()
    {
        var call = Unanswered().Tell(new CallInput.RouteDecided(1, CallScript.ToTrunk));
        Assert.Equal(CallScript.Leg(2), Assert.Single(call.Last.OfType<CallEffect.CreateLeg>()).ChannelId);
        Assert.Contains(MomentKinds.Forwarded, call.Kinds);

        call.Tell(new CallInput.LegArrived(CallScript.Leg(2)), new CallInput.LegAnswered(CallScript.Leg(2)), new CallInput.LegAnswered(CallScript.CallerId));
        Assert.Equal(CallState.Connected, call.State);
        Assert.Equal(CallScript.Customer, call.Snapshot.Callee);
    }

    [Fact]
    public void Call_RoutingKnowsNobodyElse_EndsAsThePhonesSaid()
    {
        var call = Unanswered().Tell(new CallInput.RouteFailed(1));
        Assert.Equal(EndReasons.NoAnswer, call.Snapshot.End?.Reason);
    }

    [Fact]
    public void Call_CallerHangsUpBetween_IsCancelledAndNobodyElseIsRung()
    {
        var call = Unanswered().Tell(new CallInput.LegGone(CallScript.CallerId, 16)).Tell(new CallInput.RouteDecided(1, CallScript.ToTrunk));
        Assert.Equal(EndReasons.Cancelled, call.Snapshot.End?.Reason);
        Assert.DoesNotContain(call.Last, effect => effect is CallEffect.CreateLeg);
    }

    [Fact]
    public void Call_GivenToAMailbox_AnswersGreetsRecordsAndEnds()
    {
        var call = Unanswered().Tell(new CallInput.RouteDecided(1, CallScript.ToMailbox));
        Assert.Equal(CallState.Voicemail, call.State);
        Assert.Contains(new CallEffect.Answer(CallScript.CallerId), call.Last);

        call.Tell(new CallInput.LegAnswered(CallScript.CallerId));
        var play = Assert.Single(call.Last.OfType<CallEffect.Play>());
        Assert.Equal(["sound:vm-intro"], play.Media);

        call.Tell(new CallInput.PlaybackOver(CallIds.Playback("call"), IsComplete: true));
        Assert.Contains(new CallEffect.RecordMessage(CallScript.CallerId, CallIds.Voicemail("call"), TimeSpan.FromMinutes(2)), call.Last);

        call.Tell(new CallInput.RecordingOver(CallIds.Voicemail("call"), 7));
        Assert.Equal(EndReasons.Voicemail, call.Snapshot.End?.Reason);
        Assert.Equal(new VoicemailMessage(CallScript.ColleagueId, CallIds.Voicemail("call"), 7), call.Snapshot.Message);
        Assert.Null(call.Snapshot.AnsweredAt);
        Assert.Equal(CallState.Ended, call.Tell(new CallInput.LegGone(CallScript.CallerId, 16)).State);
    }

    [Fact]
    public void Call_GivenToAFullMailbox_HearsSoAndEndsWithoutBeingRecorded()
    {
        var call = Unanswered().Tell(new CallInput.RouteDecided(1, CallScript.ToFullMailbox), new CallInput.LegAnswered(CallScript.CallerId));
        Assert.Equal(["sound:vm-mailboxfull"], call.All.OfType<CallEffect.Play>().Single().Media);

        call.Tell(new CallInput.PlaybackOver(CallIds.Playback("call"), IsComplete: true));
        Assert.Equal((EndedBy.System, EndReasons.MailboxFull, 16), (call.Snapshot.End!.Party, call.Snapshot.End.Reason, call.Snapshot.End.Cause));
        Assert.Contains(new CallEffect.HangUp(CallScript.CallerId, 16), call.Last);
        Assert.DoesNotContain(call.All, effect => effect is CallEffect.RecordMessage);
        Assert.Equal(CallState.Ended, call.Tell(new CallInput.LegGone(CallScript.CallerId, 16)).State);
        Assert.Equal(0, call.Snapshot.Message?.Seconds);
    }

    [Fact]
    public void Call_CallerHangsUpOnHearingThatTheMailboxIsFull_TheHistorySaysThatItWas()
    {
        var call = Unanswered().Tell(new CallInput.RouteDecided(1, CallScript.ToFullMailbox), new CallInput.LegAnswered(CallScript.CallerId))
            .Tell(new CallInput.LegGone(CallScript.CallerId, 16));
        Assert.Equal((EndedBy.Agent, EndReasons.MailboxFull), (call.Snapshot.End!.Party, call.Snapshot.End.Reason));
    }

    [Fact]
    public void Call_AdoptedAtAFullMailbox_EndsUnrecorded()
    {
        var before = Unanswered().Tell(new CallInput.RouteDecided(1, CallScript.ToFullMailbox), new CallInput.LegAnswered(CallScript.CallerId));
        var mark = CallMark.Parse(before.All.OfType<CallEffect.WriteMark>().Last().Mark.ToJson())!;
        SeenChannel[] there = [new SeenChannel(CallScript.CallerId, LegState.Up)];
        var effects = Call.Adopt(mark, [.. there]).Resume([.. there], CallScript.Start.AddMinutes(1));
        Assert.Contains(new CallEffect.HangUp(CallScript.CallerId, 16), effects);
        Assert.DoesNotContain(effects, effect => effect is CallEffect.RecordMessage);
    }

    [Fact]
    public void Call_CallerHangsUpWhileRecording_EndsOnceTheLengthIsKnown()
    {
        var call = CallScript.In(CallState.Voicemail).Tell(new CallInput.PlaybackOver(CallIds.Playback("call"), IsComplete: true), new CallInput.LegGone(CallScript.CallerId, 16));
        Assert.Equal(CallState.Ending, call.State);
        Assert.Equal(EndReasons.Voicemail, call.Snapshot.End?.Reason);

        call.Tell(new CallInput.RecordingOver(CallIds.Voicemail("call"), 3));
        Assert.Equal(CallState.Ended, call.State);
        Assert.Equal(3, call.Snapshot.Message?.Seconds);
    }

    [Fact]
    public void Call_LengthNeverTold_EndsAllTheSame()
    {
        var call = CallScript.In(CallState.Voicemail).Tell(new CallInput.PlaybackOver(CallIds.Playback("call"), IsComplete: true), new CallInput.LegGone(CallScript.CallerId, 16));
        Assert.Equal(CallState.Ended, call.Tell(CallScript.SeesNow()).State);
    }

    [Fact]
    public void Call_CallerHangsUpOnTheGreeting_LeavesNoMessage()
    {
        var call = CallScript.In(CallState.Voicemail).Tell(new CallInput.LegGone(CallScript.CallerId, 16));
        Assert.Equal(CallState.Ended, call.State);
        Assert.NotEqual(EndReasons.Voicemail, call.Snapshot.End?.Reason);
    }

    [Fact]
    public void Call_GreetingCannotBePlayed_RecordsAllTheSame()
    {
        var call = CallScript.In(CallState.Voicemail);
        var play = call.All.OfType<CallEffect.Play>().Single();
        Assert.Contains(call.Tell(new CallInput.EffectFailed(play, EffectFailure.Fault)).Last, effect => effect is CallEffect.RecordMessage);
    }

    [Fact]
    public void Call_PersonRejectsFromThePageWithAMailbox_GoesOnThere()
    {
        var call = new CallScript()
            .Tell(new CallInput.RouteDecided(1, AskAgain), new CallInput.LegArrived(CallScript.Leg(1)), new CallInput.LegRinging(CallScript.Leg(1)))
            .Ask(CallScript.ColleagueId, new CallControl.HangUp());
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(1), 21), call.Last);
        Assert.Equal(CallState.Ringing, call.State);
        Assert.Equal(EndReasons.Rejected, call.Tell(new CallInput.LegGone(CallScript.Leg(1), 16)).Last.OfType<CallEffect.AskRoute>().Single().Request.Unanswered);
    }
}
