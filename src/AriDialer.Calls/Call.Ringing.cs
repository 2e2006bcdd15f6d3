using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

// From routing's answer to the one who answers first.
internal sealed partial class Call
{
    private void Ring(Attempt attempt, RingTargets ring)
    {
        (attempt.RingFor, attempt.AskAgain, attempt.Trail) = (ring.RingFor, ring.AskAgain, ring.Trail);
        attempt.Legs.Clear();
        foreach (var target in ring.Targets)
        {
            attempt.Legs.Add(new Leg(CallIds.Leg(Id, ++_legsMade), target.Endpoint, target.UserId, RoleFor(attempt.Purpose))
            {
                Party = target.Party ?? ring.Callee,
                Recording = target.Recording,
                Target = target,
            });
        }

        _legs.AddRange(attempt.Legs);
        if (State == CallState.Arriving)
        {
            State = CallState.Dialing;
            Changed();
        }

        // The mark comes first: whom it names may have been rung for, and is never rung for again after a restart.
        Mark();
        foreach (var (leg, target) in attempt.Legs.Zip(ring.Targets))
        {
            Do(new CallEffect.CreateLeg(leg.ChannelId, OriginatorFor(attempt).ChannelId, Id, target));
        }
    }

    private Leg OriginatorFor(Attempt attempt) =>
        attempt.By is { IsGone: false } by ? by : _legs.Find(leg => leg.State == LegState.Up) ?? _caller;

    private static LegRole RoleFor(RoutePurpose purpose) => purpose switch
    {
        RoutePurpose.Transfer => LegRole.Transferred,
        RoutePurpose.Ask => LegRole.Consulted,
        RoutePurpose.Add => LegRole.Added,
        RoutePurpose.Recall => LegRole.Recalled,

        // Which role exactly, it takes over with its place.
        RoutePurpose.Reconnect => LegRole.Called,
        _ => LegRole.Called,
    };

    private Attempt? AttemptOf(Leg leg) => _attempts.Find(attempt => attempt.Legs.Contains(leg));

    private void OnLegArrived(string channelId)
    {
        if (FindTrack(channelId) is { } track)
        {
            OnSnoopArrived(track);
            return;
        }

        if (FindLeg(channelId) is not { Exists: false } leg)
        {
            return;
        }

        leg.ExistsSince ??= Taken;
        if (leg.IsGone || IsOver || AttemptOf(leg) is not { IsOpen: true } attempt)
        {
            // It was given up while the request that made it was still under way.
            Do(new CallEffect.HangUp(channelId, NormalClearing));
            return;
        }

        // Not before: Asterisk answers `create` while the channel is still on its way into Stasis, and a `dial` that overtakes it is
        // refused with 409 (CallActor_DialOvertakesTheLegsArrival_IsNotSent).
        Do(new CallEffect.DialLeg(channelId, attempt.RingFor));
    }

    private void OnLegRinging(string channelId, DateTimeOffset now)
    {
        if (FindLeg(channelId) is not { State: LegState.Down } leg || leg == _caller || IsOver)
        {
            return;
        }

        leg.State = LegState.Ringing;
        leg.RingsSince ??= now;
        leg.ExistsSince ??= Taken;
        Changed();
        if (State == CallState.Dialing)
        {
            BeginRinging(now);
            Do(new CallEffect.IndicateRinging(_caller.ChannelId));
        }
    }

    /// <summary>A page was reloaded, or its network changed, while it rang: what was sent to it is lost, and it is rung anew.</summary>
    private void OnPhoneIsBack(string channelId)
    {
        if (FindLeg(channelId) is not { State: LegState.Ringing, Leaving: false } leg || IsOver || AttemptOf(leg) is not { IsOpen: true } attempt)
        {
            return;
        }

        // Who calls it showed before; a leg of an earlier process only knows whom the call is from.
        var target = leg.Target ?? new DialTarget($"PJSIP/{leg.Endpoint}", _callerParty.Number ?? "", _callerParty.Name ?? "", leg.UserId);
        var again = new Leg(CallIds.Leg(Id, ++_legsMade), leg.Endpoint, leg.UserId, leg.Role) { Party = leg.Party, Recording = leg.Recording, Target = target };
        attempt.Legs[attempt.Legs.IndexOf(leg)] = again;
        _legs.Add(again);
        leg.Leaving = true;
        Changed();
        Mark();
        Do(new CallEffect.HangUp(leg.ChannelId, NormalClearing));
        Do(new CallEffect.CreateLeg(again.ChannelId, OriginatorFor(attempt).ChannelId, Id, target));
    }

    private void OnLegEarlyMedia(string channelId, DateTimeOffset now)
    {
        // Only a lone leg may be heard early, and only where nobody else is tried after it: in a bridge, a leg's Busy reaches
        // the caller's channel by itself and hangs it up before we could hand it back or try another
        // (BusyInSharedBridge_HangsUpTheCaller in the end-to-end tests).
        if (FindLeg(channelId) is not { IsGone: false, Place: LegPlace.Outside } leg
            || State is not (CallState.Dialing or CallState.Ringing) || _caller.State == LegState.Up || _returnsUnanswered
            || AttemptOf(leg) is not { Purpose: RoutePurpose.Call, AskAgain: false, Legs.Count: 1 })
        {
            return;
        }

        leg.Place = LegPlace.Main;
        _onceSettled.Add(new CallEffect.IndicateProgress(_caller.ChannelId));
        if (State == CallState.Dialing)
        {
            BeginRinging(now);
        }
    }

    private void BeginRinging(DateTimeOffset now)
    {
        State = CallState.Ringing;
        Changed();
        if (_ringingAt is null)
        {
            _ringingAt = now;
            Note(now, MomentKinds.Ringing, who: _calleeParty);
        }
    }

    private void OnLegAnswered(string channelId, DateTimeOffset now)
    {
        if (FindLeg(channelId) is not { State: not (LegState.Up or LegState.Gone) } leg)
        {
            return;
        }

        leg.State = LegState.Up;
        leg.ExistsSince ??= Taken;
        Changed();
        if (IsOver || State == CallState.Arriving)
        {
            return;
        }

        if (leg == _caller)
        {
            BeginGreeting(now);
        }
        else if (AttemptOf(leg) is { IsOpen: true } attempt)
        {
            Win(attempt, leg, now);
        }
        else
        {
            leg.Leaving = true;
            Do(new CallEffect.HangUp(leg.ChannelId, AnsweredElsewhere));
            return;
        }

        ConnectIfBothUp(now);
    }

    private void Win(Attempt attempt, Leg leg, DateTimeOffset now)
    {
        (attempt.Winner, attempt.Party) = (leg, leg.Party);
        LetGo(attempt.Legs.Where(other => other != leg), AnsweredElsewhere);
        switch (attempt.Purpose)
        {
            case RoutePurpose.Call:
                leg.Place = LegPlace.Main;
                _recordingRule = leg.Recording ?? _recordingRule;
                if (_caller.State != LegState.Up)
                {
                    _onceSettled.Add(new CallEffect.Answer(_caller.ChannelId));
                }

                break;
            case RoutePurpose.Transfer:
                leg.Place = LegPlace.Main;
                FinishTransfer(attempt, leg, now);
                break;
            case RoutePurpose.Ask:
                leg.Place = LegPlace.Consult;
                Note(now, MomentKinds.AskAnswered, leg.UserId, leg.Party);
                if (!_legs.Exists(other => other.TakesPart && other != leg && other != attempt.By))
                {
                    // The others did not wait.
                    BringTogether(attempt);
                }

                break;
            case RoutePurpose.Reconnect:
                TakeOver(attempt, leg, now);
                break;
            default:
                leg.Place = LegPlace.Main;
                Note(now, MomentKinds.Joined, leg.UserId, leg.Party);
                break;
        }

        // The first answer is written once both sides are up.
        _markIsOld |= attempt.Purpose != RoutePurpose.Call;
    }

    private void LetGo(IEnumerable<Leg> legs, int cause)
    {
        foreach (var leg in legs.Where(leg => !leg.IsGone))
        {
            Do(new CallEffect.HangUp(leg.ChannelId, cause));
        }
    }

    private void ConnectIfBothUp(DateTimeOffset now)
    {
        if (IsOver || State is CallState.Connected or CallState.Voicemail || _caller.State != LegState.Up
            || _attempts[0] is not { Purpose: RoutePurpose.Call, Winner: { State: LegState.Up } winner })
        {
            return;
        }

        State = CallState.Connected;
        _answeredAt ??= now;
        if (_caller.AwaySince is not null)
        {
            // Who vanished while it rang is waited for from here on.
            _caller.AwaySince = now;
        }

        _calleeParty = winner.Party;
        ChooseOwner();
        Note(now, MomentKinds.Answered, winner.UserId, winner.Party);
        _markIsOld = true;
        if (_recordingRule is { Allowed: true, Starts: true })
        {
            BeginRecording(byUserId: null, now);
        }
    }

    /// <summary>The first person of ours who takes part, for as long as they do.</summary>
    private void ChooseOwner()
    {
        if (_owner is null || !_legs.Exists(leg => leg.TakesPart && leg.UserId == _owner))
        {
            _owner = _legs.Find(leg => leg is { TakesPart: true, UserId: not null })?.UserId;
        }
    }
}
