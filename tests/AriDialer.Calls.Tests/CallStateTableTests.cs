using System.Text;
using AriDialer.Calls.Routing;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests;

/// <summary>
/// Every pair of state and input, and what comes of it. The table is the specification: read it before changing it. After a change on
/// purpose: run this with ARIDIALER_WRITE_CONTRACTS=1, and look at the difference.
/// </summary>
public sealed class CallStateTableTests
{
    private static readonly (string Name, Func<CallInput> Make)[] Inputs =
    [
        ("route: ring", () => new CallInput.RouteDecided(1, CallScript.ToTrunk)),
        ("route: refuse", () => new CallInput.RouteDecided(
            1, new RefuseCall(CallDirection.Outbound, CallScript.Agent, CallScript.Customer, EndReasons.NotAllowed))),
        ("route: hand back", () => new CallInput.RouteDecided(
            1, new HandBack(CallDirection.Outbound, CallScript.Agent, CallScript.Customer, null))),
        ("route failed", () => new CallInput.RouteFailed(1)),
        ("leg arrives", () => new CallInput.LegArrived(CallScript.Leg(1))),
        ("leg rings", () => new CallInput.LegRinging(CallScript.Leg(1))),
        ("early media", () => new CallInput.LegEarlyMedia(CallScript.Leg(1))),
        ("leg up", () => new CallInput.LegAnswered(CallScript.Leg(1))),
        ("caller up", () => new CallInput.LegAnswered(CallScript.CallerId)),
        ("leg gone", () => new CallInput.LegGone(CallScript.Leg(1), 17)),
        ("caller gone", () => new CallInput.LegGone(CallScript.CallerId, 16)),
        ("leg left Stasis", () => new CallInput.LegLeftStasis(CallScript.Leg(1))),
        ("caller left Stasis", () => new CallInput.LegLeftStasis(CallScript.CallerId)),
        ("caller hangs up on the page", () => new CallInput.ControlRequested(new CallRequester(CallScript.AgentId, false), new CallControl.HangUp(), 1)),
        ("supervisor ends the call", () => new CallInput.ControlRequested(CallScript.Supervisor, new CallControl.End(), 1)),
        ("caller holds", () => Asks(new CallControl.Hold())),
        ("caller transfers", () => Asks(new CallControl.Transfer("+442079460122"))),
        ("caller asks somebody first", () => Asks(new CallControl.Ask("+442079460122"))),
        ("caller adds somebody", () => Asks(new CallControl.Add("+442079460122"))),
        ("caller sends digits", () => Asks(new CallControl.SendDigits("12#", Masked: false))),
        ("caller swaps", () => Asks(new CallControl.Swap())),
        ("caller merges", () => Asks(new CallControl.Merge("other"))),
        ("another call wants its legs", () => new CallInput.HandOverRequested("other", CallScript.AgentId, null)),
        ("another call's legs come", () => new CallInput.LegsJoined(
            [new HandedLeg("handed", "x", null, null, CallScript.Customer, Muted: false)], CallScript.AgentId, null)),
        ("leg holds by itself", () => new CallInput.LegHeld(CallScript.Leg(1), On: true)),
        ("caller vanishes", () => new CallInput.LegSilent(CallScript.CallerId, TimeSpan.FromSeconds(30))),
        ("customer is silent", () => new CallInput.LegSilent(CallScript.Leg(1), TimeSpan.FromSeconds(30))),
        ("caller is heard", () => new CallInput.LegHeard(CallScript.CallerId)),
        ("called phone is back", () => new CallInput.PhoneIsBack(CallScript.Leg(1))),
        ("caller reconnects", () => Asks(new CallControl.Reconnect("web-agent", SoundIsLost: false))),
        ("caller records", () => Asks(new CallControl.Record(true))),
        ("caller pauses recording", () => Asks(new CallControl.PauseRecording(true))),
        ("leg refers", () => new CallInput.ReferReceived(CallScript.Leg(1), "+442079460122", null)),
        ("greeting over", () => new CallInput.PlaybackOver(CallIds.Playback("call"), IsComplete: true)),
        ("recording over", () => new CallInput.RecordingOver(CallIds.Voicemail("call"), 5)),
        ("bridge gone", () => new CallInput.BridgeGone(CallIds.Bridge("call"))),
        ("create leg: fault", () => Failed(new CallEffect.CreateLeg(CallScript.Leg(1), CallScript.CallerId, "call", CallScript.ToTrunk.Targets[0]), EffectFailure.Fault)),
        ("create leg: conflict", () => Failed(new CallEffect.CreateLeg(CallScript.Leg(1), CallScript.CallerId, "call", CallScript.ToTrunk.Targets[0]), EffectFailure.Conflict)),
        ("answer: fault", () => Failed(new CallEffect.Answer(CallScript.CallerId), EffectFailure.Fault)),
        ("answer: gone", () => Failed(new CallEffect.Answer(CallScript.CallerId), EffectFailure.Gone)),
        ("hang up leg: gone", () => Failed(new CallEffect.HangUp(CallScript.Leg(1), 16), EffectFailure.Gone)),
        ("destroy bridge: gone", () => Failed(new CallEffect.DestroyBridge(CallIds.Bridge("call")), EffectFailure.Gone)),
        ("survey: both up", () => CallScript.SeesNow(new SeenChannel(CallScript.CallerId, LegState.Up), new SeenChannel(CallScript.Leg(1), LegState.Up))),
        ("survey: caller alone", () => CallScript.SeesNow(new SeenChannel(CallScript.CallerId, LegState.Down))),
        ("survey: nothing", () => CallScript.SeesNow()),
        ("another call's channel", () => new CallInput.LegGone("somebody-else", 16)),
    ];

    [Fact]
    public void Call_EveryStateAndInput_DoesWhatTheTableSays()
    {
        var table = new StringBuilder();
        foreach (var state in Enum.GetValues<CallState>())
        {
            table.Append(state).Append('\n');
            foreach (var (name, make) in Inputs)
            {
                var call = CallScript.In(state).Tell(make());
                table.Append("  ").Append(name.PadRight(28)).Append("-> ").Append(Describe(state, call)).Append('\n');
            }
        }

        if (Environment.GetEnvironmentVariable("ARIDIALER_WRITE_CONTRACTS") == "1")
        {
            File.WriteAllText(RepositoryRoot.File("tests", "AriDialer.Calls.Tests", "CallStateTable.txt"), table.ToString());
            return;
        }

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "CallStateTable.txt")), table.ToString(), ignoreLineEndingDifferences: true);
    }

    private static CallInput Asks(CallControl control) => new CallInput.ControlRequested(new CallRequester(CallScript.AgentId, false), control, 1);

    private static CallInput Failed(CallEffect effect, EffectFailure failure) => new CallInput.EffectFailed(effect, failure);

    private static string Describe(CallState before, CallScript call)
    {
        var words = new List<string>();
        if (call.State != before)
        {
            words.Add(call.State.ToString());
        }

        if (call.State is CallState.Ending or CallState.Ended && before < CallState.Ending && call.Snapshot.End is { } end)
        {
            words.Add($"({end.Party}: {end.Reason} {end.Cause}{(end.Estimated ? ", estimated" : "")})");
        }

        words.AddRange(call.Last.Select(Describe));
        return words.Count == 0 ? "nothing" : string.Join(" ", words);
    }

    private static string Describe(CallEffect effect) => effect switch
    {
        CallEffect.AddToBridge e => $"bridge[{Name(e.ChannelId)}]",
        CallEffect.HangUp e => $"hang-up[{Name(e.ChannelId)} {e.Cause}]",
        CallEffect.Answer => "answer",
        CallEffect.CreateLeg e => $"create[{Name(e.ChannelId)}]",
        CallEffect.DialLeg e => $"dial[{Name(e.ChannelId)}]",
        CallEffect.WriteMark => "mark",
        CallEffect.NameCaller => "name-caller",
        CallEffect.SetMusic e => e.On ? "music" : "no-music",
        CallEffect.RemoveFromBridge e => $"unbridge[{Name(e.ChannelId)}]",
        CallEffect.Reply e => $"({e.What.Result}{(e.What.Refusal is null ? "" : " " + e.What.Refusal)})",
        CallEffect.Play => "play",
        CallEffect.Snoop e => $"snoop[{Name(e.ChannelId)}]",
        CallEffect.RecordMessage => "record",
        CallEffect.CreateBridge => "make-bridge",
        CallEffect.DestroyBridge => "remove-bridge",
        CallEffect.IndicateRinging => "ringing",
        CallEffect.IndicateProgress => "progress",
        CallEffect.ContinueInDialplan => "continue",
        CallEffect.SurveyLater => "survey",
        _ => effect.GetType().Name,
    };

    private static string Name(string channelId) => channelId == CallScript.CallerId ? "caller" : "leg";
}
