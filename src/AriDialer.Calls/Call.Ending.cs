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

    private void OnLegGone(string channelId, int cause, DateTimeOffset now, bool estimated)
    {
        if (FindLeg(channelId) is not { IsGone: false } leg)
        {
            return;
        }

        leg.State = LegState.Gone;
        leg.Cause = cause;
        Changed();
        if (IsOver)
        {
            SettleEnd();
        }
        else if (leg == _caller)
        {
            var reason = _answeredAt is null ? EndReasons.Cancelled : EndReasons.Completed;
            End(EndByLeg(leg, reason, cause) with { Estimated = estimated }, now);
        }
        else if (leg == _winner)
        {
            End(EndByLeg(leg, EndReasons.Completed, cause) with { Estimated = estimated }, now);
        }
        else if (_winner is null && _called.Count > 0 && _called.All(called => called.IsGone))
        {
            var end = _answeredAt is null ? EndUnanswered() : EndByLeg(leg, EndReasons.Completed, cause);
            End(end with { Estimated = estimated }, now);
        }
    }

    private CallEnd EndByLeg(Leg leg, string reason, int cause) =>
        reason == EndReasons.Completed && BrokenCauses.Contains(cause)
            ? new CallEnd(EndedBy.System, EndReasons.Failed, cause)
            : new CallEnd(PartyOf(leg), reason, cause == 0 ? NormalClearing : cause, UserOf(leg));

    // Of several phones that did not answer, the plainest no decides.
    private CallEnd EndUnanswered()
    {
        var leg = _called.MinBy(called => EndReasons.ForUnanswered(called.Cause) switch
        {
            EndReasons.Rejected => 0,
            EndReasons.Busy => 1,
            EndReasons.NoAnswer => 2,
            EndReasons.Unavailable => 3,
            _ => 4,
        })!;
        var reason = EndReasons.ForUnanswered(leg.Cause);
        var theirs = reason is EndReasons.Rejected or EndReasons.Busy;
        var cause = reason == EndReasons.Failed && !BrokenCauses.Contains(leg.Cause) ? EndReasons.CauseOf(reason) : leg.Cause;
        return new CallEnd(theirs ? PartyOf(leg) : EndedBy.System, reason, cause, theirs ? UserOf(leg) : null);
    }

    private EndedBy PartyOf(Leg leg) => leg == _caller
        ? _direction == CallDirection.Inbound ? EndedBy.Customer : EndedBy.Agent
        : _direction == CallDirection.Outbound ? EndedBy.Customer : EndedBy.Agent;

    private string? UserOf(Leg leg) => leg == _caller ? _callerParty.UserId : leg.UserId;

    private void OnHangUpRequested(CallRequester by, DateTimeOffset now)
    {
        if (IsOver)
        {
            return;
        }

        var isCaller = _callerParty.UserId == by.UserId;
        var isCalled = _calleeParty.UserId == by.UserId || _called.Any(leg => leg.UserId == by.UserId);
        var party = isCaller || isCalled || !by.MayControlAll ? EndedBy.Agent : EndedBy.Supervisor;
        var (reason, cause) = (_answeredAt, isCaller, isCalled) switch
        {
            ({ }, _, _) => (EndReasons.Completed, NormalClearing),
            (null, false, true) => (EndReasons.Rejected, EndReasons.CauseOf(EndReasons.Rejected)),
            _ => (EndReasons.Cancelled, NormalClearing),
        };
        End(new CallEnd(party, reason, cause, by.UserId), now);
    }

    private void End(CallEnd end, DateTimeOffset now, HandBack? handBackTo = null)
    {
        State = CallState.Ending;
        _end = end;
        _endedAt = now;
        Changed();
        foreach (var leg in _called.Where(leg => !leg.IsGone))
        {
            Do(new CallEffect.HangUp(leg.ChannelId, leg == _winner ? end.Cause : NormalClearing));
        }

        if (!_caller.IsGone)
        {
            _callerGoesBack = handBackTo is not null
                || (_returnsUnanswered && _answeredAt is null && end.Reason != EndReasons.Cancelled && end.Party != EndedBy.Supervisor);
            Do(_callerGoesBack
                ? new CallEffect.ContinueInDialplan(_caller.ChannelId, handBackTo?.Place, ResultVariables(end))
                : new CallEffect.HangUp(_caller.ChannelId, end.Cause));
        }

        if (_routed)
        {
            Do(new CallEffect.DestroyBridge(_bridgeId));
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
        if (State == CallState.Ending && _routed && Legs.All(leg => leg.IsGone))
        {
            State = CallState.Ended;
            Changed();
        }
    }
}
