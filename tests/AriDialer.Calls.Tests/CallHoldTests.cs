namespace AriDialer.Calls.Tests;

/// <summary>Hold, mute, digits.</summary>
public sealed class CallHoldTests
{
    private static readonly string Bridge = CallIds.Bridge("call");

    [Fact]
    public void Call_AgentHolds_LeavesTheBridgeAndTheOtherHearsMusic()
    {
        var call = CallScript.In(CallState.Connected).Ask(CallScript.AgentId, new CallControl.Hold());

        Assert.Equal(ControlAnswer.Accepted, call.Answer);
        Assert.Equal(
            [new CallEffect.RemoveFromBridge(Bridge, CallScript.CallerId), new CallEffect.SetMusic(Bridge, On: true)],
            call.Last.Where(effect => effect is CallEffect.RemoveFromBridge or CallEffect.SetMusic));
        Assert.True(call.LegAt(CallScript.CallerId).Holding);
        Assert.Contains(MomentKinds.Held, call.Kinds);

        call.Ask(CallScript.AgentId, new CallControl.Resume());
        Assert.Equal(
            [new CallEffect.SetMusic(Bridge, On: false), new CallEffect.AddToBridge(Bridge, CallScript.CallerId)],
            call.Last.Where(effect => effect is CallEffect.AddToBridge or CallEffect.SetMusic));
    }

    [Fact]
    public void Call_HeldTwice_IsHeldOnce()
    {
        var call = CallScript.In(CallState.Connected).Ask(CallScript.AgentId, new CallControl.Hold()).Ask(CallScript.AgentId, new CallControl.Hold());
        Assert.Equal([new CallEffect.Reply(1, ControlAnswer.Accepted)], call.Last);
        Assert.Single(call.Kinds, MomentKinds.Held);
    }

    [Fact]
    public void Call_BothHold_ResumesOneByOneWithMusicForTheFirst()
    {
        var call = CallScript.In(CallState.Connected, CallScript.ToTwoPhones)
            .Ask(CallScript.AgentId, new CallControl.Hold())
            .Ask(CallScript.ColleagueId, new CallControl.Hold());
        Assert.Contains(new CallEffect.SetMusic(Bridge, On: false), call.Last);

        call.Ask(CallScript.AgentId, new CallControl.Resume());
        Assert.Contains(new CallEffect.AddToBridge(Bridge, CallScript.CallerId), call.Last);
        Assert.Contains(new CallEffect.SetMusic(Bridge, On: true), call.Last);

        call.Ask(CallScript.ColleagueId, new CallControl.Resume());
        Assert.Contains(new CallEffect.SetMusic(Bridge, On: false), call.Last);
        Assert.Equal(CallState.Connected, call.State);
    }

    [Fact]
    public void Call_OneOfThreeHolds_TheOthersTalkOnWithoutMusic()
    {
        var call = CallScript.Conference().Ask(CallScript.AgentId, new CallControl.Hold());
        Assert.DoesNotContain(call.Last, effect => effect is CallEffect.SetMusic);
    }

    [Fact]
    public void Call_HolderHangsUp_TheHeldSideIsNotLeftWithMusic()
    {
        var call = CallScript.In(CallState.Connected).Ask(CallScript.AgentId, new CallControl.Hold()).Tell(new CallInput.LegGone(CallScript.CallerId, 16));
        Assert.Equal(CallState.Ending, call.State);
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(1), 16), call.Last);
    }

    [Fact]
    public void Call_PhoneHoldsByItself_IsShownAndLeftToAsterisk()
    {
        var call = CallScript.In(CallState.Connected).Tell(new CallInput.LegHeld(CallScript.Leg(1), On: true));
        Assert.True(call.LegAt(CallScript.Leg(1)).PhoneHold);
        Assert.DoesNotContain(call.Last, effect => effect is CallEffect.RemoveFromBridge or CallEffect.SetMusic);
        Assert.Contains(MomentKinds.PhoneHeld, call.Kinds);
    }

    [Fact]
    public void Call_MutesOneself_AsksAsteriskAndOnlyTheOwnerMutesOthers()
    {
        var call = CallScript.Conference().Ask(CallScript.AgentId, new CallControl.Mute(On: true));
        Assert.Contains(new CallEffect.SetMute(CallScript.CallerId, On: true), call.Last);

        call.Ask(CallScript.AgentId, new CallControl.Mute(On: true, CallScript.Leg(1)));
        Assert.Contains(new CallEffect.SetMute(CallScript.Leg(1), On: true), call.Last);

        call.Ask(CallScript.ColleagueId, new CallControl.Mute(On: true, CallScript.CallerId));
        Assert.Equal(ControlAnswer.NotAllowed, call.Answer);
        call.Ask(CallScript.AgentId, new CallControl.Mute(On: true, "nobody"));
        Assert.Equal(Refusals.NoSuchPerson, call.Answer.Refusal);
    }

    [Fact]
    public void Call_Digits_GoToTheOthersAndHiddenOnesNotIntoTheTimeline()
    {
        var call = CallScript.In(CallState.Connected).Ask(CallScript.AgentId, new CallControl.SendDigits("12w#", Masked: false));
        Assert.Equal([new CallEffect.SendDigits(CallScript.Leg(1), "12w#")], call.Last.OfType<CallEffect.SendDigits>());
        Assert.Equal("12w#", call.Moments[^1].Detail);

        call.Ask(CallScript.AgentId, new CallControl.SendDigits("4711", Masked: true));
        Assert.Equal("••••", call.Moments[^1].Detail);

        call.Tell(new CallInput.DigitReceived(CallScript.Leg(1), "5"));
        Assert.Equal("•", call.Moments[^1].Detail);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12a")]
    [InlineData("1&2")]
    [InlineData("1\r\n")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000")]
    public void Call_WhatIsNoDigits_IsRefused(string digits)
    {
        var call = CallScript.In(CallState.Connected).Ask(CallScript.AgentId, new CallControl.SendDigits(digits, Masked: false));
        Assert.Equal([new CallEffect.Reply(1, ControlAnswer.Refuse(Refusals.NotDigits))], call.Last);
    }

    [Fact]
    public void Call_ControlledByWhoIsNotOnIt_IsUntouched()
    {
        var before = CallScript.In(CallState.Connected).Snapshot;
        foreach (var control in new CallControl[]
        {
            new CallControl.Hold(), new CallControl.Mute(true), new CallControl.SendDigits("1", false), new CallControl.Transfer("x"),
            new CallControl.Ask("x"), new CallControl.Swap(), new CallControl.Add("x"), new CallControl.Merge("x"),
            new CallControl.Remove(CallScript.Leg(1)),
        })
        {
            var call = CallScript.In(CallState.Connected).Ask("stranger", control);
            Assert.Equal([new CallEffect.Reply(1, ControlAnswer.NotAllowed)], call.Last);
            Assert.Equal(before.Version, call.Snapshot.Version);
        }
    }

    [Theory]
    [InlineData("Ringing", Refusals.NotConnected)]
    [InlineData("Voicemail", Refusals.NotConnected)]
    public void Call_ControlledBeforeItIsConnected_IsRefused(string state, string refusal)
    {
        var call = CallScript.In(Enum.Parse<CallState>(state)).Ask(CallScript.AgentId, new CallControl.Hold());
        Assert.Equal(refusal, call.Answer.Refusal);
    }

    [Fact]
    public void Call_ControlledAfterTheEnd_IsNoSuchCall() =>
        Assert.Equal(ControlAnswer.NoSuchCall, CallScript.In(CallState.Ended).Ask(CallScript.AgentId, new CallControl.Hold()).Answer);
}
