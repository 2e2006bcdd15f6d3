using AriDialer.Calls.Routing;

namespace AriDialer.Calls.Tests;

/// <summary>Recording: a track for each leg that takes part, for as long as it is wanted.</summary>
public sealed class CallRecordingTests
{
    private static readonly CallControl Record = new CallControl.Record(true);
    private static readonly DateTimeOffset At = new(2026, 1, 1, 12, 0, 30, TimeSpan.Zero);

    private static string Track(int n) => CallIds.Track("call", n);

    private static CallScript Recorded() => CallScript.In(CallState.Connected).Ask(CallScript.AgentId, Record)
        .Tell(new CallInput.LegArrived(Track(1)), new CallInput.LegArrived(Track(2)), new CallInput.RecordingBegun(Track(1), At), new CallInput.RecordingBegun(Track(2), At));

    private static CallScript Connected(RecordingRule rule) => CallScript.In(CallState.Connected, CallScript.ToTrunk with { Recording = rule });

    [Fact]
    public void Call_Recorded_SnoopsEachLegAndRecordsItOnceItHasArrived()
    {
        var call = CallScript.In(CallState.Connected).Ask(CallScript.AgentId, Record);
        Assert.Equal(ControlAnswer.Accepted, call.Answer);
        Assert.Equal(
            [new CallEffect.Snoop(Track(1), CallScript.CallerId), new CallEffect.Snoop(Track(2), CallScript.Leg(1))], call.Last.OfType<CallEffect.Snoop>());
        Assert.DoesNotContain(call.Last, effect => effect is CallEffect.RecordTrack);

        call.Tell(new CallInput.LegArrived(Track(2)));
        Assert.Equal([new CallEffect.RecordTrack(Track(2))], call.Last);

        call.Tell(new CallInput.RecordingBegun(Track(2), At));
        var track = call.Snapshot.Recording!.Tracks[1];
        Assert.Equal(new RecordingTrack(Track(2), CallScript.Leg(1), null, IsCaller: false, At, IsOver: false), track);
        Assert.Equal(RecordingState.On, call.Snapshot.Recording.State);
        Assert.Contains(MomentKinds.RecordingStarted, call.Kinds);
    }

    [Fact]
    public void Call_RecordedTwice_IsRecordedOnce() => Assert.Equal(
        [new CallEffect.Reply(1, ControlAnswer.Accepted)], Recorded().Ask(CallScript.AgentId, Record).Last);

    [Fact]
    public void Call_SomebodyJoinsARecordedCall_IsRecordedToo_AndWhoLeavesIsNot()
    {
        var call = CallScript.Conference().Ask(CallScript.AgentId, Record);
        Assert.Equal(3, call.Last.OfType<CallEffect.Snoop>().Count());

        call.Tell(new CallInput.LegGone(CallScript.Leg(2), 16));
        Assert.True(call.Snapshot.Recording!.Tracks[2].IsOver);
        Assert.False(call.Snapshot.Recording.Tracks[0].IsOver);
    }

    [Fact]
    public void Call_RecordingPausedAndResumed_EndsTheTracksAndBeginsOthers()
    {
        var call = Recorded().Ask(CallScript.AgentId, new CallControl.PauseRecording(true));
        Assert.Equal([new CallEffect.HangUp(Track(1), 16), new CallEffect.HangUp(Track(2), 16)], call.Last.OfType<CallEffect.HangUp>());
        Assert.Equal(RecordingState.Paused, call.Snapshot.Recording!.State);
        Assert.All(call.Snapshot.Recording.Tracks, track => Assert.True(track.IsOver));

        call.Ask(CallScript.AgentId, new CallControl.PauseRecording(false));
        Assert.Equal([Track(3), Track(4)], call.Last.OfType<CallEffect.Snoop>().Select(snoop => snoop.SnoopId));
        var pause = Assert.Single(call.Snapshot.Recording!.Pauses);
        Assert.True(pause.To > pause.From);
    }

    [Fact]
    public void Call_PauseWhileTheSnoopIsOnItsWay_HangsItUpWhenItArrives()
    {
        var call = CallScript.In(CallState.Connected).Ask(CallScript.AgentId, Record).Ask(CallScript.AgentId, new CallControl.PauseRecording(true))
            .Tell(new CallInput.LegArrived(Track(1)));
        Assert.Equal([new CallEffect.HangUp(Track(1), 16)], call.Last);
    }

    [Fact]
    public void Call_PauseOfWhatIsNotRecorded_IsRefused() => Assert.Equal(
        ControlAnswer.Refuse(Refusals.NotRecording),
        CallScript.In(CallState.Connected).Ask(CallScript.AgentId, new CallControl.PauseRecording(true)).Answer);

    [Fact]
    public void Call_ThatMustNotBeRecorded_IsNotAndSaysSo()
    {
        var call = Connected(RecordingRule.Never).Ask(CallScript.AgentId, Record);
        Assert.Equal(ControlAnswer.Refuse(Refusals.NotRecordable), call.Answer);
        Assert.False(call.Snapshot.MayBeRecorded);
    }

    [Fact]
    public void Call_RecordedByRule_BeginsWhenItIsConnected()
    {
        var call = Connected(new RecordingRule(Allowed: true, Starts: true, []));
        Assert.Equal(2, call.All.OfType<CallEffect.Snoop>().Count());
        Assert.Null(call.Snapshot.Recording!.ByUserId);
    }

    [Fact]
    public void Call_WithAnAnnouncement_RecordsOnlyOnceItWasPlayedToItsEnd()
    {
        var call = Connected(new RecordingRule(Allowed: true, Starts: true, ["sound:recorded", "sound:beep"]));
        var announce = Assert.Single(call.All.OfType<CallEffect.Announce>());
        Assert.Equal(RecordingState.Announcing, call.Snapshot.Recording!.State);
        Assert.DoesNotContain(call.All, effect => effect is CallEffect.Snoop);

        call.Tell(new CallInput.PlaybackOver(announce.PlaybackId, IsComplete: true));
        Assert.Equal(2, call.Last.OfType<CallEffect.Snoop>().Count());
        Assert.NotNull(call.Snapshot.Recording!.AnnouncedAt);
        Assert.Contains(MomentKinds.RecordingAnnounced, call.Kinds);

        // Who was told once is not told again.
        call.Ask(CallScript.AgentId, new CallControl.Record(false)).Ask(CallScript.AgentId, Record);
        Assert.DoesNotContain(call.Last, effect => effect is CallEffect.Announce);
    }

    [Fact]
    public void Call_AnnouncementThatFails_IsNotMarkedAsPlayedAndNothingIsRecorded()
    {
        var call = Connected(new RecordingRule(Allowed: true, Starts: true, ["sound:recorded"]));
        call.Tell(new CallInput.PlaybackOver(CallIds.Announcement("call", 1), IsComplete: false));

        Assert.Equal(RecordingState.Off, call.State == CallState.Connected ? call.Snapshot.Recording?.State ?? RecordingState.Off : RecordingState.On);
        Assert.DoesNotContain(call.All, effect => effect is CallEffect.Snoop);
        Assert.DoesNotContain(MomentKinds.RecordingAnnounced, call.Kinds);
        Assert.Equal((NoticeKinds.RecordingFailed, RecordingFailures.NotAnnounced), (call.Snapshot.Notice?.Kind, call.Snapshot.Notice?.Reason));
    }

    [Fact]
    public void Call_TrackEndsByItself_IsSaidOnceNoLegWentWithIt_AndTheCallGoesOn()
    {
        var call = Recorded().Tell(new CallInput.RecordingOver(Track(2), Seconds: null));
        Assert.Null(call.Snapshot.Notice);

        call.Tell(CallScript.SeesNow(new SeenChannel(CallScript.CallerId, LegState.Up), new SeenChannel(CallScript.Leg(1), LegState.Up)));
        Assert.Equal((NoticeKinds.RecordingFailed, RecordingFailures.Broken), (call.Snapshot.Notice?.Kind, call.Snapshot.Notice?.Reason));
        Assert.Equal(CallState.Connected, call.State);
        Assert.Equal(RecordingState.On, call.Snapshot.Recording!.State);
        Assert.Equal([false, true], call.Snapshot.Recording.Tracks.Select(track => track.IsBroken));
        Assert.DoesNotContain(call.Last, effect => effect is CallEffect.Snoop);
    }

    [Fact]
    public void Call_TrackEndsWithItsLeg_IsNoFault()
    {
        var end = DateTimeOffset.UnixEpoch.AddSeconds(7);
        var call = Recorded().Tell(new CallInput.RecordingOver(Track(2), 5, end), new CallInput.LegGone(CallScript.Leg(1), 16));
        Assert.Null(call.Snapshot.Notice);
        Assert.Equal([null, end], call.Snapshot.Recording!.Tracks.Select(track => track.EndedAt));
        Assert.DoesNotContain(MomentKinds.RecordingFailed, call.Kinds);
        Assert.All(call.Snapshot.Recording!.Tracks, track => Assert.False(track.IsBroken));
    }

    [Fact]
    public void Call_AsteriskCannotRecord_TellsPeopleAndStops()
    {
        var call = CallScript.In(CallState.Connected).Ask(CallScript.AgentId, Record).Tell(
            new CallInput.EffectFailed(new CallEffect.Snoop(Track(1), CallScript.CallerId), EffectFailure.Fault),
            new CallInput.EffectFailed(new CallEffect.RecordTrack(Track(2)), EffectFailure.Fault));

        Assert.Equal(RecordingState.Off, call.Snapshot.Recording!.State);
        Assert.Equal(NoticeKinds.RecordingFailed, call.Snapshot.Notice?.Kind);
        Assert.Equal(CallState.Connected, call.State);
    }

    [Fact]
    public void Call_AgentVanishesAndIsBack_HasATrackForEachTime()
    {
        var call = Recorded().Tell(new CallInput.LegSilent(CallScript.CallerId, TimeSpan.FromSeconds(30)));
        Assert.Contains(new CallEffect.HangUp(Track(1), 16), call.Last);

        call.Tell(new CallInput.LegHeard(CallScript.CallerId));
        Assert.Equal([new CallEffect.Snoop(Track(3), CallScript.CallerId)], call.Last.OfType<CallEffect.Snoop>());
    }

    [Fact]
    public void Call_MergedIntoAnother_StopsRecordingThoseWhoGo()
    {
        var call = Recorded().Tell(new CallInput.HandOverRequested("other", CallScript.AgentId, null));
        Assert.Contains(new CallEffect.HangUp(Track(2), 16), call.Last);
    }

    [Fact]
    public void Call_TransferredToTheDialplan_StopsRecordingWhoGoesThere()
    {
        var call = Recorded().Ask(CallScript.AgentId, new CallControl.Transfer("support")).Tell(new CallInput.RouteDecided(2, new HandBack(
            CallDirection.Outbound, CallScript.Agent, CallScript.Customer, new DialplanPlace("support", "s"))));
        Assert.Contains(new CallEffect.HangUp(Track(2), 16), call.Last);
    }

    [Fact]
    public void CallMark_OfARecordedCall_GoesOnWithItsTracksAfterARestart()
    {
        var mark = CallMark.Parse(Recorded().All.OfType<CallEffect.WriteMark>().Last().Mark.ToJson())!;
        var call = Call.Adopt(mark, [new SeenChannel(CallScript.CallerId, LegState.Up), new SeenChannel(CallScript.Leg(1), LegState.Up)]);
        var first = call.Resume([new SeenChannel(CallScript.CallerId, LegState.Up), new SeenChannel(CallScript.Leg(1), LegState.Up)], At);

        Assert.DoesNotContain(first, effect => effect is CallEffect.Snoop);
        Assert.Equal([Track(1), Track(2)], call.ToSnapshot().Recording!.Tracks.Select(track => track.Name));
        Assert.Equal(RecordingState.On, call.ToSnapshot().Recording!.State);

        var paused = call.Apply(new CallInput.ControlRequested(new CallRequester(CallScript.AgentId, false), new CallControl.PauseRecording(true), 1), At);
        Assert.Equal(2, paused.OfType<CallEffect.HangUp>().Count());
    }

    [Fact]
    public void CallIds_OfATrack_NameTheirCall()
    {
        Assert.Equal("call", CallIds.CallOfTrack(CallIds.Track("call", 12)));
        Assert.Null(CallIds.CallOfTrack(CallIds.Voicemail("call")));
        Assert.True(CallIds.TryGetCall(CallIds.Announcement("call", 2), out var id));
        Assert.Equal("call", id);
    }
}
