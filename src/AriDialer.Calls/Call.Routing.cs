using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

// What routing answers, for whom was called and for everybody who is rung later.
internal sealed partial class Call
{
    /// <param name="number">The attempt that the answer is for.</param>
    /// <param name="decision">The answer; null where routing failed.</param>
    /// <param name="now">When.</param>
    private void OnRouteDecided(int number, RouteDecision? decision, DateTimeOffset now)
    {
        if (_attempts.Find(attempt => attempt.Number == number) is not { IsAsking: true } attempt)
        {
            return;
        }

        attempt.IsAsking = false;
        if (attempt.Purpose == RoutePurpose.Call)
        {
            OnCallRouted(attempt, decision, now);
        }
        else if (attempt.IsOpen && !IsOver)
        {
            OnAttemptRouted(attempt, decision, now);
        }
    }

    private void OnCallRouted(Attempt attempt, RouteDecision? decision, DateTimeOffset now)
    {
        var isFirst = !_routed;
        _routed = true;
        _team = decision?.Team ?? _team;
        Changed();
        if (isFirst)
        {
            LearnParties(decision);
            Note(now, MomentKinds.Started, _callerParty.UserId, _calleeParty);
        }

        if (IsOver)
        {
            // The caller left while routing was thinking; now that it is known who it was, the end can be told.
            SettleEnd();
            return;
        }

        switch (decision)
        {
            case RingTargets { Targets.IsDefaultOrEmpty: false } ring:
                if (!isFirst && ring.Callee != _calleeParty)
                {
                    _calleeParty = ring.Callee;
                    Note(now, MomentKinds.Forwarded, _callerParty.UserId == ring.Callee.UserId ? null : ring.Callee.UserId, ring.Callee);
                }

                _recordingRule = ring.Recording;
                Ring(attempt, ring);
                break;
            case TakeMessage message:
                BeginVoicemail(message, now);
                break;
            case HandBack back:
                EndHandingBack(new CallEnd(EndedBy.System, EndReasons.HandedBack, 0), [_caller], back.Place, now);
                break;
            case RefuseCall refuse when isFirst:
                End(new CallEnd(EndedBy.System, refuse.Reason, EndReasons.CauseOf(refuse.Reason)), now);
                break;
            case null when isFirst:
                End(new CallEnd(EndedBy.System, EndReasons.Failed, EndReasons.CauseOf(EndReasons.Failed)), now);
                break;
            default:
                // Nobody else to try: what the phones said before is how the call ends.
                End(attempt.Legs.Count > 0
                    ? EndUnanswered(attempt)
                    : new CallEnd(EndedBy.System, EndReasons.Unavailable, EndReasons.CauseOf(EndReasons.Unavailable)), now);
                break;
        }
    }

    private void LearnParties(RouteDecision? decision)
    {
        (_direction, _callerParty, _calleeParty) = decision switch
        {
            RingTargets ring => (ring.Direction, ring.Caller, ring.Callee),
            RefuseCall refuse => (refuse.Direction, refuse.Caller, refuse.Callee),
            HandBack back => (back.Direction, back.Caller, back.Callee),
            TakeMessage message => (message.Direction, message.Caller, message.Callee),
            _ => (_direction, _callerParty, _calleeParty),
        };
        _caller.Party = _callerParty;
        _caller.UserId = _callerParty.UserId;
    }

    private void OnAttemptRouted(Attempt attempt, RouteDecision? decision, DateTimeOffset now)
    {
        switch (decision)
        {
            case RingTargets { Targets.IsDefaultOrEmpty: false } ring
                when IsNew(ring.Callee) || attempt.Purpose is RoutePurpose.Recall or RoutePurpose.Reconnect:
                attempt.Party = ring.Callee;
                if (BeginningOf(attempt.Purpose) is { } kind)
                {
                    Note(now, kind, attempt.ByUserId, ring.Callee);
                }

                Ring(attempt, ring);
                break;
            case HandBack { Place: not null } back when attempt.Purpose == RoutePurpose.Transfer:
                TransferToDialplan(attempt, back, now);
                break;
            case RefuseCall refuse:
                attempt.Party = refuse.Callee;
                Fail(attempt, refuse.Reason, now);
                break;
            case RingTargets ring:
                attempt.Party = ring.Callee;
                Fail(attempt, EndReasons.NotAllowed, now);
                break;
            default:
                Fail(attempt, EndReasons.Failed, now);
                break;
        }
    }

    private bool IsNew(CallParty party) =>
        party.UserId is null || !_legs.Exists(leg => !leg.IsGone && !leg.Leaving && leg.UserId == party.UserId);

    private static string? BeginningOf(RoutePurpose purpose) => purpose switch
    {
        RoutePurpose.Transfer => MomentKinds.TransferStarted,
        RoutePurpose.Ask => MomentKinds.Asked,
        RoutePurpose.Recall => MomentKinds.Recalled,
        RoutePurpose.Reconnect => null,
        _ => MomentKinds.Added,
    };

    /// <summary>Asks routing whom to ring for somebody in the call.</summary>
    private Attempt Try(RoutePurpose purpose, Leg? by, string? byUserId, string to, bool isRefer = false)
    {
        var attempt = new Attempt(_attempts.Count + 1, purpose) { By = by, ByUserId = byUserId, Dialled = to, IsRefer = isRefer };
        _attempts.Add(attempt);
        Ask(attempt);
        Changed();
        return attempt;
    }

    private void Ask(Attempt attempt)
    {
        attempt.IsAsking = true;
        Do(new CallEffect.AskRoute(
            attempt.Purpose == RoutePurpose.Call
                ? _request with { Trail = attempt.Trail, Unanswered = attempt.Legs.Count > 0 ? EndUnanswered(attempt).Reason : null }
                : _request with
                {
                    Purpose = attempt.Purpose,
                    Dialled = attempt.Dialled,
                    ByUserId = attempt.ByUserId,
                    Waiting = _legs.Find(leg => leg.TakesPart && leg != attempt.By)?.Party,
                },
            attempt.Number));
    }
}
