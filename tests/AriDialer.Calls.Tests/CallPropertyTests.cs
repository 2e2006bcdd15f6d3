using CsCheck;

namespace AriDialer.Calls.Tests;

/// <summary>Whatever comes, in whatever order and how often: a call never raises, never gets stuck, and ends exactly once.</summary>
public sealed class CallPropertyTests
{
    private static readonly Gen<string> AnyChannel = Gen.OneOf(CallScript.CallerId, CallScript.Leg(1), CallScript.Leg(2), "somebody-else");
    private static readonly Gen<int> AnyCause = Gen.OneOf(0, 1, 16, 17, 19, 20, 21, 26, 34, 38, 127, -5);
    private static readonly Gen<SeenChannel> AnySeen = Gen.Select(AnyChannel, Gen.Enum<LegState>(), (id, state) => new SeenChannel(id, state));

    private static readonly Gen<CallInput> AnyInput = Gen.OneOf<CallInput>(
        Gen.Bool.Select(forked => (CallInput)new CallInput.RouteDecided(forked ? CallScript.ToTwoPhones : CallScript.ToTrunk)),
        Gen.OneOf(EndReasons.NotAllowed, EndReasons.Unavailable).Select(reason => (CallInput)new CallInput.RouteDecided(
            new Routing.RefuseCall(CallDirection.Outbound, CallScript.Agent, CallScript.Customer, reason))),
        Gen.Const((CallInput)new CallInput.RouteFailed()),
        AnyChannel.Select(id => (CallInput)new CallInput.LegArrived(id)),
        AnyChannel.Select(id => (CallInput)new CallInput.LegRinging(id)),
        AnyChannel.Select(id => (CallInput)new CallInput.LegEarlyMedia(id)),
        AnyChannel.Select(id => (CallInput)new CallInput.LegAnswered(id)),
        Gen.Select(AnyChannel, AnyCause, (id, cause) => (CallInput)new CallInput.LegGone(id, cause)),
        AnyChannel.Select(id => (CallInput)new CallInput.LegLeftStasis(id)),
        Gen.Bool.Select(all => (CallInput)new CallInput.ControlRequested(new CallRequester(CallScript.AgentId, all), new CallControl.HangUp(), 1)),
        Gen.Const((CallInput)new CallInput.BridgeGone()),
        Gen.Select(AnyChannel, Gen.Enum<EffectFailure>(), Gen.Int[0, 5], (id, failure, kind) => (CallInput)new CallInput.EffectFailed(AnyEffect(kind, id), failure)),
        AnySeen.Array[0, 4].Select(seen => (CallInput)new CallInput.Surveyed([.. seen])));

    [Fact]
    public void Call_AnyInputsInAnyOrder_NeverRaisesAndReachesOneEnd() =>
        Gen.Select(AnyInput.Array[0, 40], Gen.Bool, Gen.Enum<LegState>()).Sample((inputs, returns, callerState) =>
        {
            var call = new CallScript(returns ? "unanswered" : null, callerState);
            var version = 0L;
            CallSnapshot? ended = null;
            foreach (var input in inputs.Concat(TheRestOfTheWorldEnds()))
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

    // Routing answers, and every channel ends: then so must the call.
    private static IEnumerable<CallInput> TheRestOfTheWorldEnds() =>
    [
        new CallInput.RouteFailed(),
        new CallInput.LegGone(CallScript.Leg(1), 16),
        new CallInput.LegGone(CallScript.Leg(2), 16),
        new CallInput.LegGone(CallScript.CallerId, 16),
    ];

    private static CallEffect AnyEffect(int kind, string id) => kind switch
    {
        0 => new CallEffect.CreateLeg(id, CallScript.CallerId, "call", CallScript.ToTrunk.Targets[0]),
        1 => new CallEffect.DialLeg(id, TimeSpan.FromSeconds(5)),
        2 => new CallEffect.Answer(id),
        3 => new CallEffect.HangUp(id, 16),
        4 => new CallEffect.CreateBridge(id),
        _ => new CallEffect.SurveyLater(TimeSpan.FromSeconds(1)),
    };
}
