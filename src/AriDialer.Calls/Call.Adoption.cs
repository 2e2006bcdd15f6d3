using System.Collections.Immutable;

namespace AriDialer.Calls;

// The call as its mark keeps it, and a call made from a mark that an earlier process wrote.
internal sealed partial class Call
{
    private Call(CallMark mark)
    {
        _request = mark.Request;
        _bridgeId = CallIds.Bridge(Id);
        _consultBridgeId = CallIds.ConsultBridge(Id);
        _returnsUnanswered = _request.Arguments.GetValueOrDefault("return") == "unanswered";
        (_direction, _callerParty, _calleeParty) = (mark.Direction, mark.Caller, mark.Callee);
        (_ringingAt, _answeredAt, _owner, _message) = (mark.RingingAt, mark.AnsweredAt, mark.Owner, mark.Message);
        (_greeting, _longestMessage) = (mark.Greeting.IsDefault ? [] : mark.Greeting, mark.LongestMessage);
        _team = mark.Team;
        (_routed, _bridgeMade, _consultBridgeMade) = (true, true, mark.HasConsultBridge);
        (_mainMusic, _consultMusic) = (null, mark.HasConsultBridge ? null : false);
        State = mark.AnsweredAt is not null ? CallState.Connected : mark.Message is not null ? CallState.Voicemail : CallState.Dialing;
        _legs.AddRange(mark.Legs.Select(leg => new Leg(leg.ChannelId, leg.Endpoint, leg.UserId, leg.Role)
        {
            SipCallId = leg.SipCallId,
            Party = leg.Party,
            State = leg.State == LegState.Ringing ? LegState.Down : leg.State,
            Place = leg.Place,
            PutInto = leg.State == LegState.Up || leg.Place != LegPlace.Outside ? null : LegPlace.Outside,
            Holding = leg.Holding,
            PhoneHold = leg.PhoneHold,
            Muted = leg.Muted,
            Leaving = leg.Leaving,
            AwaySince = leg.AwaySince,
            Continues = leg.Continues,
            Recording = leg.Recording,
            RingsSince = DateTimeOffset.MinValue,
        }));
        _caller = _legs[0];
        _legsMade = mark.LegsMade;
        if (mark.Recording is { Tracks.IsDefault: false } recording)
        {
            AdoptRecording(recording);
        }

        foreach (var attempt in mark.Attempts)
        {
            _attempts.Add(ToAttempt(attempt, _attempts.Count + 1));
        }
    }

    /// <summary>A call that an earlier process began: its story from the mark, its present from what Asterisk has.</summary>
    internal static Call Adopt(CallMark mark, ImmutableArray<SeenChannel> channels)
    {
        var call = new Call(mark);
        foreach (var leg in call._legs)
        {
            // A leg that is there in state Down and was not dialled is one that just arrived: made, but never rung. All others were
            // rung for, and one that is not there has ended.
            leg.ExistsSince = leg == call._caller || !channels.Contains(new SeenChannel(leg.ChannelId, LegState.Down)) ? 0 : null;
        }

        call.Changed();
        return call;
    }

    /// <summary>The first effects of an adopted call; every one of them may be a repetition and is harmless as one.</summary>
    internal ImmutableArray<CallEffect> Resume(ImmutableArray<SeenChannel> channels, DateTimeOffset now)
    {
        Do(new CallEffect.CreateBridge(_bridgeId, ToMark()));
        foreach (var attempt in _attempts.Where(attempt => attempt is { IsAsking: true, IsOver: false }))
        {
            Ask(attempt);
        }

        foreach (var leg in _legs.Where(leg => leg is { Leaving: true, IsGone: false }))
        {
            Do(new CallEffect.HangUp(leg.ChannelId, NormalClearing));
        }

        ResumeRecording();
        if (State == CallState.Voicemail)
        {
            ResumeVoicemail(isAnswered: channels.Contains(new SeenChannel(_caller.ChannelId, LegState.Up)), now);
        }

        // What is not there has ended, or was on its way to another call and is that one's now: no matter of this call's.
        var absent = _legs.Where(leg => !leg.IsGone && !IsSeen(channels, leg)).Select(leg => new SeenChannel(leg.ChannelId, LegState.Gone));
        return Apply(new CallInput.Surveyed([.. channels, .. absent], AskedAfter: Taken), now);
    }

    private CallMark ToMark() => new(
        _request, _direction, _callerParty, _calleeParty, _ringingAt, _answeredAt, _owner, _consultBridgeMade, _message, _legsMade,
        [.. _legs.Where(leg => !leg.IsGone || leg == _caller || AttemptOf(leg) is { IsOpen: true }).Select(leg => new LegMark(
            leg.ChannelId, leg.Endpoint, leg.SipCallId, leg.UserId, leg.Party, leg.Role, leg.State, leg.Place, leg.Holding, leg.PhoneHold,
            leg.Muted, leg.Leaving, leg.AwaySince, leg.Continues)
            {
                Recording = leg.State == LegState.Up ? null : leg.Recording,
            })],
        [.. _attempts.Where(attempt => attempt == _attempts[0] || !(attempt.IsOver || attempt.Winner is { IsGone: true })).Select(attempt => new AttemptMark(
            attempt.Purpose, attempt.By?.ChannelId, attempt.ByUserId, attempt.Dialled, attempt.IsRefer, attempt.Party, attempt.RingFor,
            attempt.AskAgain, attempt.Trail, attempt.IsAsking, attempt.IsOver || attempt.Winner is { IsGone: true }, attempt.Winner?.ChannelId,
            [.. attempt.Legs.Where(leg => !leg.IsGone || attempt.IsOpen).Select(leg => leg.ChannelId)]))],
        ToRecordingMark(), _greeting, _longestMessage)
    {
        Team = _team,
    };

    private Attempt ToAttempt(AttemptMark mark, int number)
    {
        var attempt = new Attempt(number, mark.Purpose)
        {
            By = mark.By is null ? null : FindLeg(mark.By),
            ByUserId = mark.ByUserId,
            Dialled = mark.Dialled,
            IsRefer = mark.IsRefer,
            Party = mark.Party,
            RingFor = mark.RingFor,
            AskAgain = mark.AskAgain,
            Trail = mark.Trail.IsDefault ? [] : mark.Trail,
            IsAsking = mark.IsAsking,
            IsOver = mark.IsOver,
            Winner = mark.Winner is null ? null : FindLeg(mark.Winner),
        };
        attempt.Legs.AddRange(mark.Legs.Select(FindLeg).OfType<Leg>());
        return attempt;
    }
}
