using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

// A browser vanishes in mid-call: a reload, a crash, another network. Its channel is of no use any more, but its place is: the
// others hear music, and the page that comes back asks to be rung into it. Where sound comes again by itself, nothing happened.
// A caller who vanishes before the answer is waited for in the same way: the answer could not reach their phone any more, so whoever
// answers hears music at once, and the page that is back is rung. Where nobody is back in time, nobody is rung on their behalf.
internal sealed partial class Call
{
    private void OnLegSilent(string channelId, TimeSpan keptFor, DateTimeOffset now)
    {
        if (FindLeg(channelId) is not { UserId: not null, IsGone: false } leg || !(State == CallState.Connected ? leg.TakesPart : leg == _caller && IsRinging))
        {
            return;
        }

        if (leg.AwaySince is not { } since)
        {
            leg.AwaySince = now;
            _markIsOld = true;
            Note(now, MomentKinds.ConnectionLost, leg.UserId);
        }
        else if (now - since >= keptFor)
        {
            if (ReconnectionOf(leg) is { } attempt)
            {
                GiveUp(attempt);
            }

            leg.IsGivenUp = true;
            if (IsRinging)
            {
                EndHandingBack(EndByLeg(leg, EndReasons.ConnectionLost, cause: 0), [], place: null, now);
                return;
            }

            Leave(leg, now);
        }
    }

    private bool IsRinging => State is CallState.Dialing or CallState.Ringing;

    private void OnLegHeard(string channelId, DateTimeOffset now)
    {
        if (FindLeg(channelId) is not { TakesPart: true, AwaySince: not null } leg || IsOver)
        {
            return;
        }

        if (ReconnectionOf(leg) is { } attempt)
        {
            GiveUp(attempt);
        }

        leg.AwaySince = null;
        _markIsOld = true;
        Note(now, MomentKinds.Reconnected, leg.UserId);
    }

    private ControlAnswer Reconnect(Leg own, CallControl.Reconnect control)
    {
        if (own.AwaySince is null && !control.SoundIsLost)
        {
            return ControlAnswer.Refuse(Refusals.NotAway);
        }

        if (ReconnectionOf(own) is null)
        {
            Try(RoutePurpose.Reconnect, own, own.UserId, control.Endpoint);
        }

        return ControlAnswer.Accepted;
    }

    private Attempt? ReconnectionOf(Leg leg) =>
        _attempts.Find(attempt => attempt is { Purpose: RoutePurpose.Reconnect, IsOpen: true } && attempt.By == leg);

    /// <summary>The page that came back has answered: it is the person's part in the call from here on.</summary>
    private void TakeOver(Attempt attempt, Leg leg, DateTimeOffset now)
    {
        if (attempt.By is not { TakesPart: true } before)
        {
            // Their place was given up in this very moment.
            Dismiss(leg);
            return;
        }

        (leg.Role, leg.Party, leg.Place, leg.Holding) = (before.Role, before.Party, before.Place, before.Holding);
        leg.Continues = before.Continues ?? before.ChannelId;
        if (before.Muted)
        {
            leg.Muted = true;
            Do(new CallEffect.SetMute(leg.ChannelId, On: true));
        }

        foreach (var other in _attempts.Where(other => other != attempt))
        {
            other.By = other.By == before ? leg : other.By;
            other.Winner = other.Winner == before ? leg : other.Winner;
        }

        before.AwaySince = null;
        Dismiss(before);
        Note(now, MomentKinds.Reconnected, leg.UserId);
    }
}
