using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

// What people want done, each answered at once: taken, or refused with the reason. Transfers, people and merging have files of
// their own.
internal sealed partial class Call
{
    private const int LongestDigits = 64;
    private const string Dialable = "0123456789*#ABCDw";

    private ControlAnswer Control(CallRequester by, CallControl control, DateTimeOffset now)
    {
        if (control is CallControl.HangUp)
        {
            HangUpFor(by, now);
            return ControlAnswer.Accepted;
        }

        if (IsOver)
        {
            return ControlAnswer.NoSuchCall;
        }

        if (control is CallControl.End)
        {
            if (!by.MayControlAll)
            {
                return ControlAnswer.NotAllowed;
            }

            EndFor(by, now);
            return ControlAnswer.Accepted;
        }

        if (State != CallState.Connected)
        {
            return ControlAnswer.Refuse(Refusals.NotConnected);
        }

        var own = _legs.Find(leg => leg.TakesPart && leg.UserId == by.UserId);
        if (control is CallControl.Remove remove)
        {
            return Remove(by, own, remove.ChannelId, now);
        }

        if (own is null)
        {
            return by.MayControlAll || !ToSnapshot().Concerns(by.UserId) ? ControlAnswer.NotAllowed : ControlAnswer.Refuse(Refusals.NotInCall);
        }

        return control switch
        {
            CallControl.Hold => SetHolding(own, true, now),
            CallControl.Resume => SetHolding(own, false, now),
            CallControl.Mute mute => SetMuted(own, mute, now),
            CallControl.SendDigits digits => SendDigits(own, digits, now),
            CallControl.Transfer transfer => Transfer(own, transfer.To, isRefer: false),
            CallControl.Ask ask => AskFirst(own, ask.To),
            CallControl.Swap => Swap(own, now),
            CallControl.CompleteTransfer => CompleteTransfer(own, now),
            CallControl.CancelTransfer => CancelTransfer(own, now),
            CallControl.JoinConsultation => JoinConsultation(own, now),
            CallControl.Add add => Add(own, add.To),
            CallControl.Record record => Record(own.UserId, record.On, now),
            CallControl.PauseRecording pause => PauseRecording(own.UserId, pause.On, now),
            CallControl.Merge merge => Merge(own, merge.OtherCallId),
            CallControl.Reconnect reconnect => Reconnect(own, reconnect),
            _ => ControlAnswer.NotAllowed,
        };
    }

    private ControlAnswer SetHolding(Leg own, bool on, DateTimeOffset now)
    {
        if (own.Holding != on)
        {
            own.Holding = on;
            _markIsOld = true;
            Note(now, on ? MomentKinds.Held : MomentKinds.Resumed, own.UserId);
        }

        return ControlAnswer.Accepted;
    }

    private ControlAnswer SetMuted(Leg own, CallControl.Mute mute, DateTimeOffset now)
    {
        var leg = mute.ChannelId is null ? own : _legs.Find(other => other.TakesPart && other.ChannelId == mute.ChannelId);
        if (leg is null)
        {
            return ControlAnswer.Refuse(Refusals.NoSuchPerson);
        }

        if (leg != own && own.UserId != _owner)
        {
            return ControlAnswer.NotAllowed;
        }

        if (leg.Muted != mute.On)
        {
            leg.Muted = mute.On;
            _markIsOld = true;
            Do(new CallEffect.SetMute(leg.ChannelId, mute.On));
            Note(now, mute.On ? MomentKinds.Muted : MomentKinds.Unmuted, own.UserId, leg == own ? null : leg.Party);
        }

        return ControlAnswer.Accepted;
    }

    private ControlAnswer SendDigits(Leg own, CallControl.SendDigits send, DateTimeOffset now)
    {
        if (send.Digits.Length is 0 or > LongestDigits || send.Digits.Any(digit => !Dialable.Contains(digit, StringComparison.Ordinal)))
        {
            return ControlAnswer.Refuse(Refusals.NotDigits);
        }

        var others = _legs.Where(leg => leg.TakesPart && leg != own && Wanted(leg) != LegPlace.Outside && Wanted(leg) == Wanted(own)).ToArray();
        if (others.Length == 0)
        {
            return ControlAnswer.Refuse(Refusals.NotConnected);
        }

        foreach (var leg in others)
        {
            Do(new CallEffect.SendDigits(leg.ChannelId, send.Digits));
        }

        NoteDigits(own.UserId, own.Party, send.Digits, send.Masked, now);
        return ControlAnswer.Accepted;
    }

    // A phone's own keys reach the others by themselves; here they are only told of. What a caller from outside presses may be
    // a secret of theirs, and is hidden.
    private void OnDigitReceived(string channelId, string digit, DateTimeOffset now)
    {
        if (State == CallState.Connected && digit.Length == 1 && FindLeg(channelId) is { TakesPart: true } leg)
        {
            NoteDigits(leg.UserId, leg.Party, digit, masked: leg.UserId is null, now);
        }
    }

    private void NoteDigits(string? userId, CallParty who, string digits, bool masked, DateTimeOffset now) =>
        Note(now, MomentKinds.Digits, userId, userId is null ? who : null, masked ? new string('•', digits.Length) : digits);

    private void OnLegHeld(string channelId, bool on, DateTimeOffset now)
    {
        if (FindLeg(channelId) is { TakesPart: true } leg && leg.PhoneHold != on && !IsOver)
        {
            leg.PhoneHold = on;
            _markIsOld = true;
            Note(now, on ? MomentKinds.PhoneHeld : MomentKinds.PhoneResumed, leg.UserId, leg.UserId is null ? leg.Party : null);
        }
    }

    private void HangUpFor(CallRequester by, DateTimeOffset now)
    {
        if (IsOver)
        {
            return;
        }

        var own = _legs.Find(leg => leg.TakesPart && leg.UserId == by.UserId);
        if (own is not null && State == CallState.Connected && OthersGoOnWithout(own))
        {
            Leave(own, now);
            return;
        }

        var ringing = _legs.Where(leg => leg.State is LegState.Down or LegState.Ringing && leg != _caller && leg.UserId == by.UserId
            && AttemptOf(leg) is { IsOpen: true }).ToArray();
        if (ringing.Length > 0 && AttemptOf(ringing[0]) is { } attempt
            && (attempt.Purpose != RoutePurpose.Call || attempt.AskAgain || attempt.Legs.Exists(leg => !leg.IsGone && leg.UserId != by.UserId)))
        {
            foreach (var leg in ringing)
            {
                leg.Rejected = true;
                Do(new CallEffect.HangUp(leg.ChannelId, EndReasons.CauseOf(EndReasons.Rejected)));
            }

            return;
        }

        if (own is not null || ringing.Length > 0 || (_caller.UserId == by.UserId && _caller is { IsGone: false, Leaving: false }))
        {
            EndFor(by, now);
        }
    }

    private void EndFor(CallRequester by, DateTimeOffset now)
    {
        var isCaller = _callerParty.UserId == by.UserId;
        var isCalled = _calleeParty.UserId == by.UserId || _legs.Exists(leg => leg != _caller && leg.UserId == by.UserId);
        var party = isCaller || isCalled || !by.MayControlAll ? EndedBy.Agent : EndedBy.Supervisor;
        var (reason, cause) = (_answeredAt, isCaller, isCalled) switch
        {
            ({ }, _, _) => (EndReasons.Completed, NormalClearing),
            (null, false, true) => (EndReasons.Rejected, EndReasons.CauseOf(EndReasons.Rejected)),
            _ => (EndReasons.Cancelled, NormalClearing),
        };
        End(new CallEnd(party, reason, cause, by.UserId), now);
    }
}
