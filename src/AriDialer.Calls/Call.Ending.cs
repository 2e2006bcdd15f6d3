using System.Collections.Immutable;
using System.Globalization;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

// How a call ends: who decided it, what the channels are told, and when nothing is left.
internal sealed partial class Call
{
    private const int NormalClearing = 16;
    private const int AnsweredElsewhere = 26;
    private static readonly TimeSpan EndingShouldTake = TimeSpan.FromSeconds(3);

    // Q.850 causes with which a call in progress breaks rather than is hung up.
    private static readonly ImmutableHashSet<int> BrokenCauses = [27, 34, 38, 41, 42, 44, 47, 58];

    private CallEnd EndByLeg(Leg leg, string reason, int cause) =>
        reason == EndReasons.Completed && !leg.IsGivenUp && BrokenCauses.Contains(cause)
            ? new CallEnd(EndedBy.System, EndReasons.Failed, cause)
            : leg.IsGivenUp ? new CallEnd(EndedBy.System, EndReasons.ConnectionLost, EndReasons.CauseOf(EndReasons.ConnectionLost))
            : new CallEnd(PartyOf(leg), reason, cause == 0 ? NormalClearing : cause, leg.UserId);

    // Of several phones that did not answer, the plainest no decides; but of several people, what one says is not said for another
    // whose phone rang to the end.
    private CallEnd EndUnanswered(Attempt attempt)
    {
        var isSeveral = attempt.Legs.Exists(called => called.UserId != attempt.Legs[0].UserId);
        var leg = attempt.Legs.MinBy(called => ReasonOf(called) switch
        {
            EndReasons.NoAnswer when isSeveral => -1,
            EndReasons.Rejected => 0,
            EndReasons.Busy => 1,
            EndReasons.NoAnswer => 2,
            EndReasons.Unavailable => 3,
            _ => 4,
        })!;
        var reason = ReasonOf(leg);
        var theirs = reason is EndReasons.Rejected or EndReasons.Busy;
        var cause = leg.Rejected || (reason == EndReasons.Failed && !BrokenCauses.Contains(leg.Cause)) ? EndReasons.CauseOf(reason) : leg.Cause;
        return new CallEnd(theirs ? PartyOf(leg) : EndedBy.System, reason, cause, theirs ? leg.UserId : null);
    }

    private static string ReasonOf(Leg leg) => leg.Rejected ? EndReasons.Rejected : EndReasons.ForUnanswered(leg.Cause);

    private EndedBy PartyOf(Leg leg) => _direction switch
    {
        CallDirection.Internal => EndedBy.Agent,
        CallDirection.Inbound when leg == _caller => EndedBy.Customer,
        CallDirection.Outbound when leg != _caller => leg.UserId is null ? EndedBy.Customer : EndedBy.Agent,
        _ => leg == _caller || leg.UserId is not null ? EndedBy.Agent : EndedBy.Customer,
    };

    private void End(CallEnd end, DateTimeOffset now)
    {
        var comesBack = _returnsUnanswered && _answeredAt is null && State != CallState.Voicemail && !_caller.IsGone
            && end.Reason != EndReasons.Cancelled && end.Party != EndedBy.Supervisor;
        EndHandingBack(end, comesBack ? [_caller] : [], place: null, now);
    }

    /// <summary>Ends the call, and gives these channels back to the dialplan instead of hanging them up.</summary>
    private void EndHandingBack(CallEnd end, IReadOnlyCollection<Leg> back, DialplanPlace? place, DateTimeOffset now)
    {
        State = CallState.Ending;
        _end = end;
        _endedAt = now;
        Note(now, MomentKinds.Ended, end.UserId, detail: end.Reason);
        foreach (var leg in _legs.Where(leg => !leg.IsGone).OrderBy(leg => leg == _caller))
        {
            leg.GoesBack = back.Contains(leg);
            Do(leg.GoesBack
                ? new CallEffect.ContinueInDialplan(leg.ChannelId, place, ResultVariables(end))
                : new CallEffect.HangUp(leg.ChannelId, leg == _caller || leg.State == LegState.Up ? end.Cause : NormalClearing));
        }

        EndRecording(now);
        if (_bridgeMade)
        {
            Do(new CallEffect.DestroyBridge(_bridgeId));
        }

        if (_consultBridgeMade)
        {
            Do(new CallEffect.DestroyBridge(_consultBridgeId));
        }

        SettleEnd();
        if (State == CallState.Ending)
        {
            Do(new CallEffect.SurveyLater(EndingShouldTake));
        }
    }

    private ImmutableDictionary<string, string> ResultVariables(CallEnd end) =>
        ImmutableDictionary<string, string>.Empty
            .Add(DialplanVariables.CallId, Id)
            .Add(DialplanVariables.Result, end.Reason)
            .Add(DialplanVariables.Cause, end.Cause.ToString(CultureInfo.InvariantCulture));

    private void SettleEnd()
    {
        if (State == CallState.Ending && _routed && !AwaitsRecording && _legs.TrueForAll(leg => leg.IsGone))
        {
            State = CallState.Ended;
            Changed();
        }
    }
}
