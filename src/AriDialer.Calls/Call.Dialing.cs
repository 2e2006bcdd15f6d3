using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

// From the routing's answer to the two sides in one bridge.
internal sealed partial class Call
{
    private void OnRouteDecided(RouteDecision decision, DateTimeOffset now)
    {
        if (_routed)
        {
            return;
        }

        _routed = true;
        (_direction, _callerParty, _calleeParty) = decision switch
        {
            RingTargets ring => (ring.Direction, ring.Caller, ring.Callee),
            RefuseCall refuse => (refuse.Direction, refuse.Caller, refuse.Callee),
            HandBack back => (back.Direction, back.Caller, back.Callee),
            _ => (_direction, _callerParty, _calleeParty),
        };
        Changed();
        if (IsOver)
        {
            // The caller left while routing was thinking; now that it is known who it was, the end can be told.
            SettleEnd();
            return;
        }

        switch (decision)
        {
            case RingTargets { Targets.IsDefaultOrEmpty: false } ring:
                Ring(ring);
                break;
            case HandBack back:
                End(new CallEnd(EndedBy.System, EndReasons.HandedBack, 0), now, handBackTo: back);
                break;
            case RefuseCall refuse:
                End(new CallEnd(EndedBy.System, refuse.Reason, EndReasons.CauseOf(refuse.Reason)), now);
                break;
            default:
                End(new CallEnd(EndedBy.System, EndReasons.Unavailable, EndReasons.CauseOf(EndReasons.Unavailable)), now);
                break;
        }
    }

    private void OnRouteFailed(DateTimeOffset now)
    {
        if (_routed)
        {
            return;
        }

        _routed = true;
        Changed();
        if (IsOver)
        {
            SettleEnd();
            return;
        }

        End(new CallEnd(EndedBy.System, EndReasons.Failed, EndReasons.CauseOf(EndReasons.Failed)), now);
    }

    private void Ring(RingTargets ring)
    {
        State = CallState.Dialing;
        _ringFor = ring.RingFor;
        foreach (var target in ring.Targets)
        {
            _called.Add(new Leg(CallIds.Leg(Id, _called.Count + 1), target.Address, target.UserId));
        }

        // The mark comes first: a channel that carries it may have been rung for, and is never rung for again after a restart.
        Do(new CallEffect.MarkCaller(_caller.ChannelId, ToMark()));
        foreach (var (leg, target) in _called.Zip(ring.Targets))
        {
            Do(new CallEffect.CreateLeg(leg.ChannelId, _caller.ChannelId, Id, target));
        }
    }

    private void OnLegArrived(string channelId)
    {
        if (FindLeg(channelId) is not { Exists: false } leg)
        {
            return;
        }

        leg.Exists = true;
        if (leg.IsGone || IsOver)
        {
            // It was given up while the request that made it was still under way.
            Do(new CallEffect.HangUp(channelId, NormalClearing));
            return;
        }

        // Not before: Asterisk answers `create` while the channel is still on its way into Stasis, and a `dial` that overtakes it is
        // refused with 409 (CallActor_DialOvertakesTheLegsArrival_IsNotSent).
        Do(new CallEffect.DialLeg(channelId, _ringFor));
        PrepareBridge();
    }

    // Made while the phones ring, when nobody waits for it.
    private void PrepareBridge()
    {
        if (!_caller.Bridged)
        {
            Do(new CallEffect.CreateBridge(_bridgeId));
            Bridge(_caller);
        }
    }

    private void OnLegRinging(string channelId, DateTimeOffset now)
    {
        if (FindLeg(channelId) is not { State: LegState.Down } leg || leg == _caller || IsOver)
        {
            return;
        }

        leg.State = LegState.Ringing;
        leg.Exists = true;
        Changed();
        if (State == CallState.Dialing)
        {
            BeginRinging(now);
            Do(new CallEffect.IndicateRinging(_caller.ChannelId));
        }
    }

    private void OnLegEarlyMedia(string channelId, DateTimeOffset now)
    {
        // Only a lone leg may be heard early, and not when the dialplan wants the caller back: in a bridge, a leg's Busy reaches
        // the caller's channel by itself and hangs it up before we could hand it back or try another
        // (BusyInSharedBridge_HangsUpTheCaller in the end-to-end tests).
        if (FindLeg(channelId) is not { IsGone: false, Bridged: false } leg
            || leg == _caller || _called.Count != 1 || _returnsUnanswered || _caller.State == LegState.Up
            || State is not (CallState.Dialing or CallState.Ringing))
        {
            return;
        }

        PrepareBridge();
        Bridge(leg);
        Do(new CallEffect.IndicateProgress(_caller.ChannelId));
        if (State == CallState.Dialing)
        {
            BeginRinging(now);
        }
    }

    private void BeginRinging(DateTimeOffset now)
    {
        State = CallState.Ringing;
        _ringingAt ??= now;
        Changed();
    }

    private void OnLegAnswered(string channelId, DateTimeOffset now)
    {
        if (FindLeg(channelId) is not { State: not (LegState.Up or LegState.Gone) } leg)
        {
            return;
        }

        leg.State = LegState.Up;
        leg.Exists = true;
        Changed();
        if (IsOver || State == CallState.Arriving)
        {
            return;
        }

        if (leg != _caller)
        {
            if (_winner is not null)
            {
                Do(new CallEffect.HangUp(leg.ChannelId, AnsweredElsewhere));
                return;
            }

            Win(leg);
        }

        ConnectIfBothUp(now);
    }

    private void Win(Leg leg)
    {
        _winner = leg;
        foreach (var other in _called.Where(other => other != leg && !other.IsGone))
        {
            Do(new CallEffect.HangUp(other.ChannelId, AnsweredElsewhere));
        }

        PrepareBridge();
        Bridge(leg);
        if (_caller.State != LegState.Up)
        {
            Do(new CallEffect.Answer(_caller.ChannelId));
        }
    }

    private void ConnectIfBothUp(DateTimeOffset now)
    {
        if (_winner is not { State: LegState.Up } || _caller.State != LegState.Up || State == CallState.Connected || IsOver)
        {
            return;
        }

        State = CallState.Connected;
        _answeredAt ??= now;
        Changed();
        Do(new CallEffect.MarkCaller(_caller.ChannelId, ToMark()));
    }

    private void Bridge(Leg leg)
    {
        if (!leg.Bridged)
        {
            leg.Bridged = true;
            Do(new CallEffect.AddToBridge(_bridgeId, leg.ChannelId));
        }
    }

    // Somebody removed the bridge under a call that needs it: make it again.
    private void OnBridgeGone()
    {
        if (IsOver || !Legs.Any(leg => leg.Bridged))
        {
            return;
        }

        Do(new CallEffect.CreateBridge(_bridgeId));
        foreach (var leg in Legs.Where(leg => leg is { Bridged: true, IsGone: false }))
        {
            Do(new CallEffect.AddToBridge(_bridgeId, leg.ChannelId));
        }
    }

    private CallMark ToMark() => new(
        Id, _direction, _callerParty, _calleeParty,
        [.. _called.Select(leg => new MarkedLeg(leg.ChannelId, leg.Endpoint, leg.UserId))],
        _ringFor, _request.StartedAt, _ringingAt, _answeredAt, _returnsUnanswered);
}
