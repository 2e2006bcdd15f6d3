using AriDialer.Calls.Routing;

namespace AriDialer.Calls.Tests;

/// <summary>A browser vanishes in mid-call, and comes back or not.</summary>
public sealed class CallReconnectTests
{
    private static readonly string Bridge = CallIds.Bridge("call");
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);
    private static readonly CallInput Silent = new CallInput.LegSilent(CallScript.CallerId, KeptFor);
    private static readonly CallControl Reconnect = new CallControl.Reconnect("web-agent", SoundIsLost: false);

    /// <summary>Where routing sends a person who comes back.</summary>
    private static readonly RingTargets Back = new(
        CallDirection.Internal, CallScript.Customer, CallScript.Agent, [new DialTarget("PJSIP/web-agent", "", "", CallScript.AgentId)], TimeSpan.FromSeconds(8));

    /// <summary>The agent has vanished, and their page is being rung.</summary>
    private static CallScript Returning(CallScript call) => call.Tell(Silent).Ask(CallScript.AgentId, Reconnect)
        .Tell(new CallInput.RouteDecided(2, Back), new CallInput.LegArrived(CallScript.Leg(2)));

    [Fact]
    public void Call_BrowserVanishes_TheOtherHearsMusicAtOnceAndTheCallGoesOn()
    {
        var call = CallScript.In(CallState.Connected).Tell(Silent);

        Assert.Equal(
            [new CallEffect.RemoveFromBridge(Bridge, CallScript.CallerId), new CallEffect.SetMusic(Bridge, On: true)],
            call.Last.Where(effect => effect is not CallEffect.WriteMark));
        Assert.Contains(call.Last, effect => effect is CallEffect.WriteMark);
        Assert.True(call.LegAt(CallScript.CallerId).IsAway);
        Assert.Equal(CallState.Connected, call.State);

        Assert.Empty(call.Tell(Silent, Silent).Last);
        Assert.Single(call.Kinds, MomentKinds.ConnectionLost);
    }

    [Fact]
    public void Call_CalledPageIsReloadedWhileItRings_IsRungAnewAndCanAnswer()
    {
        var call = CallScript.In(CallState.Ringing);
        var first = Assert.Single(call.All.OfType<CallEffect.CreateLeg>());

        call.Tell(new CallInput.PhoneIsBack(CallScript.Leg(1)));
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(1), 16), call.Last);
        Assert.Equal((CallScript.Leg(2), first.Target), Assert.Single(call.Last.OfType<CallEffect.CreateLeg>()) is var again ? (again.ChannelId, again.Target) : default);
        // Told again before it is carried out, it is not rung a third time.
        Assert.Empty(call.Tell(new CallInput.PhoneIsBack(CallScript.Leg(1))).Last);

        call.Tell(new CallInput.LegGone(CallScript.Leg(1), 16));
        Assert.Equal(CallState.Ringing, call.State);
        call.Tell(new CallInput.LegArrived(CallScript.Leg(2)));
        Assert.Single(call.Last.OfType<CallEffect.DialLeg>());
        call.Tell(new CallInput.LegRinging(CallScript.Leg(2)), new CallInput.LegAnswered(CallScript.Leg(2)), new CallInput.LegAnswered(CallScript.CallerId));
        Assert.Equal(CallState.Connected, call.State);
    }

    [Fact]
    public void Call_CalledPageIsReloadedAndNobodyAnswersAnyMore_EndsAsUnanswered()
    {
        var call = CallScript.In(CallState.Ringing).Tell(
            new CallInput.PhoneIsBack(CallScript.Leg(1)), new CallInput.LegArrived(CallScript.Leg(2)), new CallInput.LegRinging(CallScript.Leg(2)),
            new CallInput.LegGone(CallScript.Leg(1), 16), new CallInput.LegGone(CallScript.Leg(2), 19));

        Assert.Equal(EndReasons.NoAnswer, call.Snapshot.End?.Reason);
    }

    [Fact]
    public void Call_SoundComesAgain_IsAsBefore()
    {
        var call = CallScript.In(CallState.Connected).Tell(Silent, new CallInput.LegHeard(CallScript.CallerId));

        Assert.Contains(new CallEffect.SetMusic(Bridge, On: false), call.Last);
        Assert.Contains(new CallEffect.AddToBridge(Bridge, CallScript.CallerId), call.Last);
        Assert.False(call.LegAt(CallScript.CallerId).IsAway);
        Assert.Contains(MomentKinds.Reconnected, call.Kinds);
    }

    [Fact]
    public void Call_PageComesBack_TakesItsPlaceAndTheDeadChannelGoes()
    {
        var call = Returning(CallScript.In(CallState.Connected));
        Assert.Contains(call.All, effect => effect is CallEffect.CreateLeg { Target.Address: "PJSIP/web-agent" });

        call.Tell(new CallInput.LegAnswered(CallScript.Leg(2)));

        Assert.Contains(new CallEffect.AddToBridge(Bridge, CallScript.Leg(2)), call.Last);
        Assert.Contains(new CallEffect.SetMusic(Bridge, On: false), call.Last);
        Assert.Contains(new CallEffect.HangUp(CallScript.CallerId, 16), call.Last);
        var back = call.LegAt(CallScript.Leg(2));
        Assert.Equal((LegRole.Caller, CallScript.CallerId, false), (back.Role, back.Continues, back.IsAway));
        Assert.Equal("web-agent", back.Endpoint);

        call.Tell(new CallInput.LegGone(CallScript.CallerId, 16));
        Assert.Equal(CallState.Connected, call.State);
        call.Tell(new CallInput.LegGone(CallScript.Leg(2), 16));
        Assert.Equal(new CallEnd(EndedBy.Agent, EndReasons.Completed, 16, CallScript.AgentId), call.Snapshot.End);
    }

    [Fact]
    public void Call_PageComesBackASecondTime_IsStillTheSameOne()
    {
        var call = Returning(CallScript.In(CallState.Connected)).Tell(new CallInput.LegAnswered(CallScript.Leg(2)), new CallInput.LegGone(CallScript.CallerId, 16));
        call.Tell(new CallInput.LegSilent(CallScript.Leg(2), KeptFor)).Ask(CallScript.AgentId, Reconnect)
            .Tell(new CallInput.RouteDecided(3, Back), new CallInput.LegArrived(CallScript.Leg(3)), new CallInput.LegAnswered(CallScript.Leg(3)));

        Assert.Equal((LegRole.Caller, CallScript.CallerId), (call.LegAt(CallScript.Leg(3)).Role, call.LegAt(CallScript.Leg(3)).Continues));
    }

    [Fact]
    public void Call_WhoHeldAndWasMuted_ComesBackHoldingAndMuted()
    {
        var call = Returning(CallScript.In(CallState.Connected).Ask(CallScript.AgentId, new CallControl.Mute(true)).Ask(CallScript.AgentId, new CallControl.Hold()))
            .Tell(new CallInput.LegAnswered(CallScript.Leg(2)));

        var back = call.LegAt(CallScript.Leg(2));
        Assert.True(back.Holding && back.Muted);
        Assert.Contains(new CallEffect.SetMute(CallScript.Leg(2), On: true), call.Last);
        Assert.DoesNotContain(call.Last, effect => effect is CallEffect.AddToBridge);
    }

    [Fact]
    public void Call_WhoAskedSomebody_ComesBackToThemAndCompletes()
    {
        var call = CallScript.Bringing(new CallControl.Ask("colleague")).Tell(new CallInput.LegAnswered(CallScript.Leg(2)));
        call.Tell(Silent).Ask(CallScript.AgentId, Reconnect)
            .Tell(new CallInput.RouteDecided(3, Back), new CallInput.LegArrived(CallScript.Leg(3)), new CallInput.LegAnswered(CallScript.Leg(3)));

        Assert.Contains(new CallEffect.AddToBridge(CallIds.ConsultBridge("call"), CallScript.Leg(3)), call.Last);
        Assert.Equal(CallScript.Leg(3), call.Snapshot.Consultation?.ByChannelId);
        Assert.Equal(ControlAnswer.Accepted, call.Ask(CallScript.AgentId, new CallControl.CompleteTransfer()).Answer);
        Assert.Equal(CallState.Connected, call.State);
    }

    [Fact]
    public void Call_NobodyComesBackInTime_EndsAndSaysWhy()
    {
        var call = CallScript.In(CallState.Connected).Tell([.. Enumerable.Repeat(Silent, 7)]);

        Assert.Equal(CallState.Ending, call.State);
        Assert.Equal(new CallEnd(EndedBy.System, EndReasons.ConnectionLost, 27), call.Snapshot.End);
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(1), 27), call.All);
    }

    [Fact]
    public void Call_OneOfThreeDoesNotComeBack_TheOthersTalkOn()
    {
        var call = CallScript.Conference().Tell([.. Enumerable.Repeat(Silent, 7)]);

        Assert.Equal(CallState.Connected, call.State);
        Assert.Contains(new CallEffect.HangUp(CallScript.CallerId, 16), call.All);
        Assert.Contains(MomentKinds.Left, call.Kinds);
        Assert.DoesNotContain(call.All, effect => effect is CallEffect.SetMusic { On: true });
    }

    [Fact]
    public void Call_PageThatComesBackDoesNotAnswer_IsWaitedForAndMayAskAgain()
    {
        var call = Returning(CallScript.In(CallState.Connected)).Tell(new CallInput.LegGone(CallScript.Leg(2), 19));
        Assert.Equal(CallState.Connected, call.State);
        Assert.True(call.LegAt(CallScript.CallerId).IsAway);

        call.Ask(CallScript.AgentId, Reconnect);
        Assert.Contains(call.Last, effect => effect is CallEffect.AskRoute { Attempt: 3, Request.Purpose: RoutePurpose.Reconnect, Request.Dialled: "web-agent" });
    }

    [Fact]
    public void Call_AskedTwiceToReconnect_RingsOnce()
    {
        var call = CallScript.In(CallState.Connected).Tell(Silent).Ask(CallScript.AgentId, Reconnect).Ask(CallScript.AgentId, Reconnect);
        Assert.Equal([new CallEffect.Reply(1, ControlAnswer.Accepted)], call.Last);
    }

    [Fact]
    public void Call_ReconnectOfOneWhoIsNotAway_IsRefused()
    {
        var call = CallScript.In(CallState.Connected).Ask(CallScript.AgentId, Reconnect);
        Assert.Equal(ControlAnswer.Refuse(Refusals.NotAway), call.Answer);
    }

    [Fact]
    public void Call_PhoneSaysThatItsSoundIsLost_IsRungAnewThoughPacketsStillCome()
    {
        // Asterisk has taken new addresses of which the browser never heard: it counts what comes and lets nothing through.
        var call = CallScript.In(CallState.Connected).Ask(CallScript.AgentId, new CallControl.Reconnect("web-agent", SoundIsLost: true));

        Assert.Equal(ControlAnswer.Accepted, call.Answer);
        Assert.Contains(call.Last, effect => effect is CallEffect.AskRoute { Request.Purpose: RoutePurpose.Reconnect, Request.Dialled: "web-agent" });
    }

    [Fact]
    public void Call_AnswersWhenItIsTooLate_LeavesTheCallAlone()
    {
        var late = CallScript.Leg(3);
        var call = CallScript.Conference().Tell(Silent).Ask(CallScript.AgentId, Reconnect)
            .Tell(new CallInput.RouteDecided(3, Back), new CallInput.LegArrived(late)).Tell([.. Enumerable.Repeat(Silent, 7)]);
        Assert.Contains(new CallEffect.HangUp(late, 16), call.All);

        call.Tell(new CallInput.LegAnswered(late));
        Assert.Equal(LegPlace.Outside, call.LegAt(late).Place);
        Assert.Equal(CallState.Connected, call.State);
    }

    [Fact]
    public void Call_OtherSideHangsUpMeanwhile_EndsAsTheirs()
    {
        var call = CallScript.In(CallState.Connected).Tell(Silent, new CallInput.LegGone(CallScript.Leg(1), 16));
        Assert.Equal(new CallEnd(EndedBy.Customer, EndReasons.Completed, 16), call.Snapshot.End);
    }

    [Fact]
    public void Call_WhoWasNotHeardHangsUp_IsEndedByThem()
    {
        // Their phone lives after all, and says so.
        var call = CallScript.In(CallState.Connected).Tell(Silent, new CallInput.LegGone(CallScript.CallerId, 16));
        Assert.Equal(new CallEnd(EndedBy.Agent, EndReasons.Completed, 16, CallScript.AgentId), call.Snapshot.End);
    }

    [Fact]
    public void Call_CustomerIsSilent_IsNoBusinessOfOurs() =>
        Assert.Empty(CallScript.In(CallState.Connected).Tell(new CallInput.LegSilent(CallScript.Leg(1), KeptFor)).Last);

    [Fact]
    public void Call_CallerVanishesWhileItRings_WhoAnswersHearsMusicAtOnceAndThePageComesBack()
    {
        var call = CallScript.In(CallState.Ringing).Tell(Silent);
        Assert.Equal(CallState.Ringing, call.State);
        Assert.Single(call.Kinds, MomentKinds.ConnectionLost);

        call.Tell(new CallInput.LegAnswered(CallScript.Leg(1)), new CallInput.LegAnswered(CallScript.CallerId));
        Assert.Equal(CallState.Connected, call.State);
        Assert.Contains(new CallEffect.SetMusic(Bridge, On: true), call.All);
        Assert.DoesNotContain(new CallEffect.AddToBridge(Bridge, CallScript.CallerId), call.Last);

        call.Ask(CallScript.AgentId, Reconnect).Tell(
            new CallInput.RouteDecided(2, Back), new CallInput.LegArrived(CallScript.Leg(2)), new CallInput.LegAnswered(CallScript.Leg(2)));
        Assert.Contains(new CallEffect.AddToBridge(Bridge, CallScript.Leg(2)), call.Last);
        Assert.Contains(new CallEffect.SetMusic(Bridge, On: false), call.Last);
    }

    [Fact]
    public void Call_CallerVanishesWhileItRings_IsWaitedForAnewFromTheAnswerOn()
    {
        var call = CallScript.In(CallState.Ringing).Tell(Silent, Silent, Silent, Silent)
            .Tell(new CallInput.LegAnswered(CallScript.Leg(1)), new CallInput.LegAnswered(CallScript.CallerId), Silent, Silent, Silent);
        Assert.Equal(CallState.Connected, call.State);

        call.Tell(Silent, Silent, Silent);
        Assert.Equal(new CallEnd(EndedBy.System, EndReasons.ConnectionLost, 27), call.Snapshot.End);
    }

    [Fact]
    public void Call_CallerWhoVanishedWhileItRingsIsNotBackInTime_RingsNobodyAnyMore()
    {
        var call = CallScript.In(CallState.Ringing).Tell([.. Enumerable.Repeat(Silent, 7)]);

        Assert.Equal(CallState.Ending, call.State);
        Assert.Equal(new CallEnd(EndedBy.System, EndReasons.ConnectionLost, 27), call.Snapshot.End);
        Assert.Contains(call.All, effect => effect is CallEffect.HangUp { ChannelId: var channel } && channel == CallScript.Leg(1));
    }

    [Fact]
    public void CallMark_OfACallWhoseAgentIsAway_KeepsSinceWhen()
    {
        var mark = CallMark.Parse(CallScript.In(CallState.Connected).Tell(Silent).Last.OfType<CallEffect.WriteMark>().Single().Mark.ToJson())!;
        var call = Call.Adopt(mark, [new SeenChannel(CallScript.CallerId, LegState.Up), new SeenChannel(CallScript.Leg(1), LegState.Up)]);

        Assert.True(call.ToSnapshot().Legs[0].IsAway);
        call.Apply(Silent, CallScript.Start.AddMinutes(1));
        Assert.Equal(EndReasons.ConnectionLost, call.ToSnapshot().End?.Reason);
    }
}
