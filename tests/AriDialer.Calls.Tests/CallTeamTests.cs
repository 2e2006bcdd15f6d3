using System.Collections.Immutable;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls.Tests;

/// <summary>Several people are rung for one call, and the call is the team's until one of them answers.</summary>
public sealed class CallTeamTests
{
    private const string OtherId = "user-other";
    private static readonly CallParty Team = new(null, "+12025550110", "Sales") { TeamId = "team" };
    private static readonly CallParty Other = new(OtherId, null, "Other");

    private static readonly RingTargets ToTeam = new(CallDirection.Inbound, CallScript.Customer, Team, [Phone(1, CallScript.Colleague), Phone(2, Other)], TimeSpan.FromSeconds(45))
    {
        Team = Team,
    };

    [Fact]
    public void Team_Ringing_IsTheCallee_AndItsPeopleAreAtTheirPhones()
    {
        var call = CallScript.In(CallState.Ringing, ToTeam).Snapshot;

        Assert.Equal((Team, Team), (call.Callee, call.Team));
        Assert.Equal([CallScript.Colleague, Other], call.Legs.Skip(1).Select(leg => leg.Party));
        Assert.True(call.Concerns(OtherId));
    }

    [Fact]
    public void Team_OneAnswers_IsTheCallee_AndTheOthersAreToldThatItWasAnsweredElsewhere()
    {
        var call = CallScript.In(CallState.Ringing, ToTeam);

        call.Tell(new CallInput.LegAnswered(CallScript.Leg(2)));
        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(1), 26), call.Last);
        call.Tell(new CallInput.LegGone(CallScript.Leg(1), 26), new CallInput.LegAnswered(CallScript.CallerId));

        Assert.Equal((CallState.Connected, Other, Team), (call.State, call.Snapshot.Callee, call.Snapshot.Team));
        Assert.Equal((OtherId, Other), (call.Moments.Single(moment => moment.Kind == MomentKinds.Answered).ByUserId, call.LegAt(CallScript.Leg(2)).Party));
    }

    [Fact]
    public void Team_OneRejectsWhatAnotherHasJustAnswered_TheyTalkOn()
    {
        var call = CallScript.In(CallState.Ringing, ToTeam).Tell(new CallInput.LegAnswered(CallScript.Leg(2)));
        call.Ask(CallScript.ColleagueId, new CallControl.HangUp());
        Assert.Equal(ControlAnswer.Accepted, call.Answer);
        call.Tell(new CallInput.LegGone(CallScript.Leg(1), 26), new CallInput.LegAnswered(CallScript.CallerId));
        call.Ask(CallScript.ColleagueId, new CallControl.HangUp());

        Assert.Equal((CallState.Connected, null), (call.State, call.Snapshot.End));
    }

    [Fact]
    public void Team_OneRejects_RingsOnAtTheOthers()
    {
        var call = CallScript.In(CallState.Ringing, ToTeam).Ask(CallScript.ColleagueId, new CallControl.HangUp());

        Assert.Equal(CallState.Ringing, call.State);
        Assert.Equal([new CallEffect.HangUp(CallScript.Leg(1), 21)], call.Last.OfType<CallEffect.HangUp>());

        call.Tell(new CallInput.LegGone(CallScript.Leg(1), 21));
        Assert.Equal(CallState.Ringing, call.State);
        call.Ask(OtherId, new CallControl.HangUp());
        Assert.Equal(EndReasons.Rejected, call.Snapshot.End?.Reason);
    }

    [Theory]
    [InlineData(21, 19, EndReasons.NoAnswer)]
    [InlineData(19, 21, EndReasons.NoAnswer)]
    [InlineData(17, 19, EndReasons.NoAnswer)]
    [InlineData(21, 17, EndReasons.Rejected)]
    [InlineData(20, 17, EndReasons.Busy)]
    [InlineData(20, 20, EndReasons.Unavailable)]
    public void Team_NobodyAnswers_EndsForWhatIsTrueOfAll(int first, int second, string reason)
    {
        var call = CallScript.In(CallState.Ringing, ToTeam).Tell(new CallInput.LegGone(CallScript.Leg(1), first), new CallInput.LegGone(CallScript.Leg(2), second));

        Assert.Equal(reason, call.Snapshot.End?.Reason);
    }

    [Fact]
    public void Team_NobodyAnswers_GoesOnAndIsStillATeamsCall()
    {
        var call = CallScript.In(CallState.Ringing, ToTeam with { AskAgain = true, Trail = ["team-1"] })
            .Tell(new CallInput.LegGone(CallScript.Leg(1), 19), new CallInput.LegGone(CallScript.Leg(2), 19));
        var ask = Assert.Single(call.Last.OfType<CallEffect.AskRoute>()).Request;
        Assert.Equal((EndReasons.NoAnswer, "team-1"), (ask.Unanswered, Assert.Single(ask.Trail)));

        call.Tell(new CallInput.RouteDecided(1, CallScript.ToColleague));

        Assert.Equal((CallScript.Colleague, Team), (call.Snapshot.Callee, call.Snapshot.Team));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Team_WhoAnswersWithARuleOfTheirOwn_IsRecordedByThatRule(int leg, bool isRecorded)
    {
        var route = ToTeam with
        {
            Recording = new RecordingRule(Allowed: true, Starts: true, []),
            Targets = [ToTeam.Targets[0] with { Recording = RecordingRule.Never }, ToTeam.Targets[1]],
        };
        var call = CallScript.In(CallState.Ringing, route).Tell(new CallInput.LegAnswered(CallScript.Leg(leg)), new CallInput.LegAnswered(CallScript.CallerId));

        Assert.Equal((isRecorded, isRecorded), (call.Snapshot.MayBeRecorded, call.Snapshot.Recording is not null));
    }

    [Fact]
    public void Team_Adopted_IsRememberedWithTheRulesOfItsPeople()
    {
        var route = ToTeam with { Targets = [ToTeam.Targets[0] with { Recording = RecordingRule.Never }, ToTeam.Targets[1]] };
        var mark = CallMark.Parse(CallScript.In(CallState.Ringing, route).All.OfType<CallEffect.CreateBridge>().Last().Mark!.ToJson())!;
        var adopted = Call.Adopt(mark, [new SeenChannel(CallScript.CallerId, LegState.Ringing), new SeenChannel(CallScript.Leg(1), LegState.Ringing), new SeenChannel(CallScript.Leg(2), LegState.Ringing)]);

        Assert.Equal((Team, Team), (adopted.ToSnapshot().Team, adopted.ToSnapshot().Callee));
        adopted.Apply(new CallInput.LegAnswered(CallScript.Leg(1)), CallScript.Start);
        Assert.False(adopted.ToSnapshot().MayBeRecorded);
    }

    [Fact]
    public void Transfer_ToATeam_IsToTheTeam_AndThenToWhoAnswered()
    {
        var call = CallScript.In(CallState.Connected).Ask(CallScript.AgentId, new CallControl.Transfer("team")).Tell(new CallInput.RouteDecided(2, ToTeam));
        Assert.Equal(Team, call.Snapshot.Transfer?.Party);

        call.Tell(new CallInput.LegArrived(CallScript.Leg(2)), new CallInput.LegArrived(CallScript.Leg(3)), new CallInput.LegAnswered(CallScript.Leg(3)));

        Assert.Contains(new CallEffect.HangUp(CallScript.Leg(2), 26), call.Last);
        Assert.Equal([Team, Other], call.Moments.Where(moment => moment.Kind is MomentKinds.TransferStarted or MomentKinds.Transferred).Select(moment => moment.Who));
        Assert.Null(call.Snapshot.Team);
    }

    [Fact]
    public void Ask_OfATeam_TalksToWhoAnswered()
    {
        var call = CallScript.In(CallState.Connected).Ask(CallScript.AgentId, new CallControl.Ask("team")).Tell(new CallInput.RouteDecided(2, ToTeam));
        Assert.Equal(Team, call.Snapshot.Consultation?.Party);

        call.Tell(new CallInput.LegArrived(CallScript.Leg(2)), new CallInput.LegArrived(CallScript.Leg(3)), new CallInput.LegAnswered(CallScript.Leg(3)));

        Assert.Equal(Other, call.Snapshot.Consultation?.Party);
    }

    [Fact]
    public void Mark_OfATeamWithAsManyPhonesAsAreRung_StaysWithinWhatAsteriskTakes()
    {
        const int Most = 40_960;
        const int Phones = 48;
        var long80 = new string('ä', 80);
        ImmutableArray<DialTarget> many =
        [
            .. Enumerable.Range(1, Phones).Select(n => Phone(n, new CallParty($"11111111-1111-1111-1111-{n:000000000000}", "+12025550101", long80)) with
            {
                Recording = new RecordingRule(Allowed: true, Starts: true, ["sound:conf-now-recording", "sound:beep"]),
            }),
        ];
        var mark = CallScript.In(CallState.Dialing, ToTeam with { Targets = many }).All.OfType<CallEffect.CreateBridge>().Last().Mark!;

        // Names are rarely so long, and never all of them.
        Assert.InRange(mark.ToJson().Length, Phones * 100, Most);
    }

    private static DialTarget Phone(int n, CallParty party) => new($"PJSIP/web-abcdefgh{n:00000000}", "+442079460111", "", party.UserId) { Party = party };
}
