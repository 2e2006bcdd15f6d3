using CsCheck;

namespace AriDialer.Calls.Tests;

/// <summary>Whatever comes, in whatever order and how often: a call never raises, never gets stuck, and ends exactly once.</summary>
public sealed class CallPropertyTests
{
    private static readonly Gen<string> AnyChannel = Gen.OneOf(
        CallScript.CallerId, CallScript.Leg(1), CallScript.Leg(2), CallScript.Leg(3), CallScript.Leg(4), "handed", "somebody-else");
    private static readonly Gen<int> AnyCause = Gen.OneOf(0, 1, 16, 17, 19, 20, 21, 26, 34, 38, 127, -5);
    private static readonly Gen<SeenChannel> AnySeen = Gen.Select(AnyChannel, Gen.Enum<LegState>(), (id, state) => new SeenChannel(id, state));

    private static readonly Gen<int> AnyAttempt = Gen.Int[1, 5];
    private static readonly Gen<Routing.RouteDecision> AnyDecision = Gen.OneOf<Routing.RouteDecision>(
        Gen.Select(Gen.Bool, Gen.Bool, (forked, again) => (Routing.RouteDecision)((forked ? CallScript.ToTwoPhones : CallScript.ToTrunk) with { AskAgain = again })),
        Gen.Const((Routing.RouteDecision)CallScript.ToColleague),
        Gen.OneOf(CallScript.ToMailbox, CallScript.ToFullMailbox).Select(take => (Routing.RouteDecision)take),
        Gen.Const((Routing.RouteDecision)new Routing.HandBack(
            CallDirection.Outbound, CallScript.Agent, CallScript.Customer, new Routing.DialplanPlace("support", "s"))),
        Gen.OneOf(EndReasons.NotAllowed, EndReasons.Unavailable).Select(reason => (Routing.RouteDecision)new Routing.RefuseCall(
            CallDirection.Outbound, CallScript.Agent, CallScript.Customer, reason)));

    private static readonly Gen<CallControl> AnyControl = Gen.OneOf<CallControl>(
        Gen.OneOf<CallControl>(
            Gen.Const((CallControl)new CallControl.HangUp()), Gen.Const((CallControl)new CallControl.Hold()), Gen.Const((CallControl)new CallControl.Resume()),
            Gen.Const((CallControl)new CallControl.Swap()), Gen.Const((CallControl)new CallControl.CompleteTransfer()),
            Gen.Const((CallControl)new CallControl.CancelTransfer()), Gen.Const((CallControl)new CallControl.JoinConsultation())),
        Gen.OneOf<CallControl>(
            Gen.Const((CallControl)new CallControl.Transfer("x")), Gen.Const((CallControl)new CallControl.Ask("x")), Gen.Const((CallControl)new CallControl.Add("x")),
            Gen.Const((CallControl)new CallControl.Merge("other")), Gen.Const((CallControl)new CallControl.Reconnect("web-1", SoundIsLost: false)), Gen.Const((CallControl)new CallControl.Reconnect("web-1", SoundIsLost: true)),
            Gen.Bool.Select(on => (CallControl)new CallControl.Record(on)), Gen.Bool.Select(on => (CallControl)new CallControl.PauseRecording(on)), Gen.Const((CallControl)new CallControl.SendDigits("1", Masked: false)),
            AnyChannel.Select(id => (CallControl)new CallControl.Remove(id)), AnyChannel.Select(id => (CallControl)new CallControl.Mute(true, id))));

    private static readonly Gen<CallRequester> Anyone = Gen.OneOf(CallScript.AgentId, CallScript.AgentId, CallScript.ColleagueId, "user-supervisor", "stranger")
        .Select(id => new CallRequester(id, id == "user-supervisor"));

    private static readonly Gen<CallInput> ThreeMayTalk = Gen.OneOf<CallInput>(
        Gen.Select(Anyone, AnyControl, (who, control) => (CallInput)new CallInput.ControlRequested(who, control, 1)),
        Gen.Const((CallInput)new CallInput.LegsJoined([new HandedLeg("handed", "x", null, null, CallScript.Customer, Muted: false)], CallScript.AgentId, null)),
        Gen.Select(AnyChannel, AnyChannel, Gen.Bool, (id, other, attended) => (CallInput)new CallInput.ReferReceived(id, "x", attended ? other : null)),
        Anyone.Select(who => (CallInput)new CallInput.HandOverRequested("other", who.UserId, null)),
        Gen.Select(AnyChannel, Gen.Bool, (id, on) => (CallInput)new CallInput.LegHeld(id, on)),
        Gen.Select(AnyChannel, Gen.Int[0, 9], (id, seconds) => (CallInput)new CallInput.LegSilent(id, TimeSpan.FromSeconds(seconds))),
        AnyChannel.Select(id => (CallInput)new CallInput.LegHeard(id)),
        AnyChannel.Select(id => (CallInput)new CallInput.PhoneIsBack(id)),
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 2], (n, what) => what switch
        {
            0 => (CallInput)new CallInput.LegArrived(CallIds.Track("call", n)),
            1 => new CallInput.RecordingBegun(CallIds.Track("call", n), CallScript.Start),
            _ => new CallInput.RecordingOver(CallIds.Track("call", n), 5),
        }),
        Gen.Select(Gen.Int[1, 3], Gen.Bool, (n, complete) => (CallInput)new CallInput.PlaybackOver(CallIds.Announcement("call", n), complete)),
        Gen.Const((CallInput)new CallInput.PlaybackOver(CallIds.Playback("call"), IsComplete: true)),
        Gen.Int[0, 9].Select(seconds => (CallInput)new CallInput.RecordingOver(CallIds.Voicemail("call"), seconds == 0 ? null : seconds)));

    // What makes most calls get as far as people talking; the rest is chance.
    private static readonly CallInput[] Connects =
    [
        new CallInput.RouteDecided(1, CallScript.ToTrunk),
        new CallInput.LegArrived(CallScript.Leg(1)),
        new CallInput.LegAnswered(CallScript.Leg(1)),
        new CallInput.LegAnswered(CallScript.CallerId),
    ];

    private static readonly Gen<CallInput> AnyInput = Gen.OneOf<CallInput>(
        Gen.Select(AnyAttempt, AnyDecision, (attempt, decision) => (CallInput)new CallInput.RouteDecided(attempt, decision)),
        AnyAttempt.Select(attempt => (CallInput)new CallInput.RouteFailed(attempt)),
        ThreeMayTalk,
        ThreeMayTalk,
        AnyChannel.Select(id => (CallInput)new CallInput.LegArrived(id)),
        AnyChannel.Select(id => (CallInput)new CallInput.LegRinging(id)),
        AnyChannel.Select(id => (CallInput)new CallInput.LegEarlyMedia(id)),
        AnyChannel.Select(id => (CallInput)new CallInput.LegAnswered(id)),
        Gen.Select(AnyChannel, AnyCause, (id, cause) => (CallInput)new CallInput.LegGone(id, cause)),
        AnyChannel.Select(id => (CallInput)new CallInput.LegLeftStasis(id)),
        Gen.Bool.Select(all => (CallInput)new CallInput.ControlRequested(new CallRequester(CallScript.AgentId, all), new CallControl.HangUp(), 1)),
        Gen.Const((CallInput)new CallInput.BridgeGone(CallIds.Bridge("call"))),
        Gen.Select(AnyChannel, Gen.Enum<EffectFailure>(), Gen.Int[0, 5], (id, failure, kind) => (CallInput)new CallInput.EffectFailed(AnyEffect(kind, id), failure)),
        Gen.Select(AnySeen.Array[0, 4], Gen.Long[0, 20], (seen, after) => (CallInput)new CallInput.Surveyed([.. seen], after)),
        Gen.Select(AnyChannel.Array[0, 4], Gen.Long[0, 20], (missed, after) => (CallInput)new CallInput.LegsMissed([.. missed], after)));

    [Fact]
    public void Call_AnyInputsInAnyOrder_NeverRaisesAndReachesOneEnd() =>
        Gen.Select(AnyInput.Array[0, 40], Gen.Bool, Gen.Bool, Gen.Enum<LegState>()).Sample((inputs, connects, returns, callerState) =>
        {
            var call = new CallScript(returns ? "unanswered" : null, callerState);
            var version = 0L;
            CallSnapshot? ended = null;
            foreach (var input in (connects ? Connects : []).Concat(inputs).Concat(TheRestOfTheWorldEnds()))
            {
                var before = call.State;
                call.Tell(input);
                Assert.True(call.State >= before, $"{before} -> {call.State}");
                Assert.True(call.Snapshot.Version >= version);
                version = call.Snapshot.Version;
                if (ended is not null)
                {
                    Assert.Equal(ended.End, call.Snapshot.End);
                    Assert.Equal(CallState.Ended, call.State);
                    Assert.DoesNotContain(call.Last, e => e is CallEffect.CreateLeg or CallEffect.DialLeg or CallEffect.Answer);
                }
                else if (call.State == CallState.Ended)
                {
                    ended = call.Snapshot;
                }
            }

            Assert.Equal(CallState.Ended, call.State);
            Assert.NotNull(ended?.End);
            Assert.True(call.All.OfType<CallEffect.CreateLeg>().GroupBy(e => e.ChannelId).All(g => g.Count() == 1), "a leg was made twice");
            Assert.True(call.All.OfType<CallEffect.ContinueInDialplan>().Count() <= 1);
        }, iter: 20_000);

    // Routing answers whatever it was asked, and every channel ends: then so must the call.
    private static IEnumerable<CallInput> TheRestOfTheWorldEnds() =>
    [
        .. Enumerable.Range(1, 50).Select(attempt => new CallInput.RouteFailed(attempt)),
        .. Enumerable.Range(1, 90).Select(leg => new CallInput.LegGone(CallScript.Leg(leg), 16)),
        new CallInput.LegGone("handed", 16),
        new CallInput.LegGone(CallScript.CallerId, 16),
        .. Enumerable.Range(1, 50).Select(attempt => new CallInput.RouteFailed(attempt)),
        new CallInput.RecordingOver(CallIds.Voicemail("call"), 1),
    ];

    private static CallEffect AnyEffect(int kind, string id) => kind switch
    {
        0 => new CallEffect.CreateLeg(id, CallScript.CallerId, "call", CallScript.ToTrunk.Targets[0]),
        1 => new CallEffect.DialLeg(id, TimeSpan.FromSeconds(5)),
        2 => new CallEffect.Answer(id),
        3 => new CallEffect.HangUp(id, 16),
        4 => new CallEffect.CreateBridge(id, Mark: null),
        _ => new CallEffect.SurveyLater(TimeSpan.FromSeconds(1)),
    };
}
