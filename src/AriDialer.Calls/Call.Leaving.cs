using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

// What it means for the others that somebody has left.
internal sealed partial class Call
{
    private void OnLegGone(string channelId, int cause, DateTimeOffset now, bool estimated)
    {
        if (FindLeg(channelId) is not { IsGone: false } leg)
        {
            return;
        }

        var tookPart = leg.TakesPart;
        leg.State = LegState.Gone;
        leg.Cause = cause;
        _markIsOld |= State == CallState.Connected;
        Changed();
        if (IsOver)
        {
            SettleEnd();
        }
        else if (AttemptOf(leg) is { IsOpen: true } attempt)
        {
            if (attempt.Legs.TrueForAll(called => called.IsGone))
            {
                OnNobodyAnswered(attempt, leg, cause, now, estimated);
            }
        }
        else if (State == CallState.Connected)
        {
            if (tookPart)
            {
                OnPersonGone(leg, cause, now, estimated);
            }
        }
        else if (leg == _caller)
        {
            EndByCaller(cause, now, estimated);
        }
        else if (_attempts[0].Winner == leg)
        {
            End(EndByLeg(leg, EndReasons.Completed, cause) with { Estimated = estimated }, now);
        }
    }

    private void EndByCaller(int cause, DateTimeOffset now, bool estimated)
    {
        // Whoever hung up on a greeting left no message: why nobody was there is what the history says.
        var reason = State != CallState.Voicemail ? EndReasons.Cancelled
            : _records ? EndReasons.Voicemail
            : _longestMessage is null ? EndReasons.MailboxFull
            : _attempts[0].Legs.Count > 0 ? EndUnanswered(_attempts[0]).Reason : EndReasons.Unavailable;
        End(EndByLeg(_caller, reason, cause) with { Estimated = estimated }, now);
    }

    private void OnNobodyAnswered(Attempt attempt, Leg last, int cause, DateTimeOffset now, bool estimated)
    {
        if (attempt.Purpose != RoutePurpose.Call)
        {
            Fail(attempt, EndUnanswered(attempt).Reason, now);
        }
        else if (attempt.AskAgain && _answeredAt is null)
        {
            Ask(attempt);
        }
        else
        {
            var end = _answeredAt is null ? EndUnanswered(attempt) : EndByLeg(last, EndReasons.Completed, cause);
            End(end with { Estimated = estimated }, now);
        }
    }

    /// <summary>True where those who stay have something to say to each other, or wait for somebody, without this one.</summary>
    private bool OthersGoOnWithout(Leg own)
    {
        var others = _legs.Count(leg => leg.TakesPart && leg != own);
        return others >= 2 || (others == 1 && (OpenTransfer is not null || OpenConsultation?.By == own));
    }

    /// <summary>Somebody leaves and the others go on: they are told so before the channel's own end says it.</summary>
    private void Leave(Leg own, DateTimeOffset now)
    {
        Dismiss(own);
        OnPersonGone(own, NormalClearing, now, estimated: false);
    }

    private void OnPersonGone(Leg leg, int cause, DateTimeOffset now, bool estimated)
    {
        if (OpenConsultation is { } asked)
        {
            OnGoneWhileAsking(asked, leg, now);
        }

        if (OpenTransfer is { Purpose: RoutePurpose.Transfer } transfer && leg != transfer.By
            && !_legs.Exists(other => other.TakesPart && other != transfer.By))
        {
            // Nobody is left to be given to anybody.
            GiveUp(transfer);
        }

        if (_failedRefer is { } failed && failed.By == leg && now - failed.At < GivesUpWithin && _legs.Exists(other => other.TakesPart))
        {
            _failedRefer = null;
            Recall(leg.UserId);
        }

        if (!EndIfAlone(leg, cause, now, estimated))
        {
            Note(now, MomentKinds.Left, leg.UserId, leg.UserId is null ? leg.Party : null);
            ChooseOwner();
        }
    }

    private void OnGoneWhileAsking(Attempt asked, Leg leg, DateTimeOffset now)
    {
        var others = _legs.Exists(other => other.TakesPart && other != asked.By && other != asked.Winner);
        if (leg == asked.By)
        {
            HandToAsked(asked, others, now);
        }
        else if (leg == asked.Winner)
        {
            asked.IsOver = true;
            ReturnToOthers(asked);
            Note(now, MomentKinds.AskEnded, asked.ByUserId, asked.Party);
            Notify(asked.ByUserId, NoticeKinds.AskedLeft, reason: null, asked.Party);
        }
        else if (!others && asked.Winner is not null)
        {
            BringTogether(asked);
            Notify(asked.ByUserId, NoticeKinds.OthersLeft, reason: null, leg.Party);
        }
    }

    // Who asked hangs up, as people do with a desk phone: that completes the transfer, also while it still rings.
    private void HandToAsked(Attempt asked, bool others, DateTimeOffset now)
    {
        if (!others)
        {
            GiveUp(asked);
        }
        else if (asked.Winner is { } target)
        {
            BringTogether(asked);
            target.Role = LegRole.Transferred;
            Note(now, MomentKinds.Transferred, asked.ByUserId, target.Party);
        }
        else
        {
            asked.Purpose = RoutePurpose.Transfer;
            Note(now, MomentKinds.TransferStarted, asked.ByUserId, asked.Party);
        }
    }

    private bool EndIfAlone(Leg last, int cause, DateTimeOffset now, bool estimated)
    {
        var left = _legs.Count(leg => leg.TakesPart);
        if (IsOver || left >= 2 || (left == 1 && (OpenTransfer is not null || OpenConsultation is not null)))
        {
            return false;
        }

        End(EndByLeg(last, EndReasons.Completed, cause) with { Estimated = estimated }, now);
        return true;
    }
}
