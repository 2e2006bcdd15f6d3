using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

// Transfers, blind and attended. Who transfers waits outside the bridge until the target has answered, so that a failure brings
// the call back at once; who has hung up meanwhile is rung again (Recall). Who asks first moves into the consultation's bridge
// with the one asked: one phone call for them, however often they change sides.
internal sealed partial class Call
{
    // A phone that hangs up so soon after its REFER has failed cannot take the call back, and did not mean to end it.
    private static readonly TimeSpan GivesUpWithin = TimeSpan.FromSeconds(3);
    private (Leg By, DateTimeOffset At)? _failedRefer;

    private Consultation? ToConsultation() => OpenConsultation is { By: { } by } asked && !IsOver
        ? new Consultation(asked.ByUserId, by.ChannelId, asked.Party, asked.Winner is { State: LegState.Up }, by.Place == LegPlace.Main)
        : null;

    private bool IsTransferring => OpenConsultation is not null || OpenTransfer is not null;

    private ControlAnswer Transfer(Leg own, string to, bool isRefer)
    {
        if (Unfit(own) is { } unfit)
        {
            return unfit;
        }

        own.Place = LegPlace.Outside;
        Try(RoutePurpose.Transfer, own, own.UserId, to, isRefer);
        return ControlAnswer.Accepted;
    }

    private ControlAnswer AskFirst(Leg own, string to)
    {
        if (Unfit(own) is { } unfit)
        {
            return unfit;
        }

        own.Place = LegPlace.Consult;
        own.Holding = false;
        Try(RoutePurpose.Ask, own, own.UserId, to);
        return ControlAnswer.Accepted;
    }

    private ControlAnswer? Unfit(Leg own) =>
        IsTransferring ? ControlAnswer.Refuse(Refusals.AlreadyTransferring)
        : !_legs.Exists(leg => leg.TakesPart && leg != own) ? ControlAnswer.Refuse(Refusals.NotConnected)
        : null;

    private ControlAnswer Swap(Leg own, DateTimeOffset now)
    {
        if (OpenConsultation is not { } asked || asked.By != own)
        {
            return ControlAnswer.Refuse(Refusals.NothingToTransfer);
        }

        if (asked.Winner is null)
        {
            return ControlAnswer.Refuse(Refusals.NotAnsweredYet);
        }

        own.Place = own.Place == LegPlace.Main ? LegPlace.Consult : LegPlace.Main;
        _markIsOld = true;
        Note(now, MomentKinds.Swapped, own.UserId, own.Place == LegPlace.Main ? null : asked.Party);
        return ControlAnswer.Accepted;
    }

    private ControlAnswer CompleteTransfer(Leg own, DateTimeOffset now)
    {
        if (OpenConsultation is not { } asked || asked.By != own)
        {
            return ControlAnswer.Refuse(Refusals.NothingToTransfer);
        }

        Leave(own, now);
        return ControlAnswer.Accepted;
    }

    private ControlAnswer CancelTransfer(Leg own, DateTimeOffset now)
    {
        if ((OpenConsultation ?? OpenTransfer) is not { Purpose: not RoutePurpose.Recall } attempt || attempt.By != own)
        {
            return ControlAnswer.Refuse(Refusals.NothingToTransfer);
        }

        GiveUp(attempt);
        own.Place = LegPlace.Main;
        Note(now, attempt.Purpose == RoutePurpose.Ask ? MomentKinds.AskEnded : MomentKinds.TransferCancelled, own.UserId, attempt.Party);
        return ControlAnswer.Accepted;
    }

    private ControlAnswer JoinConsultation(Leg own, DateTimeOffset now)
    {
        if (OpenConsultation is not { } asked || asked.By != own)
        {
            return ControlAnswer.Refuse(Refusals.NothingToTransfer);
        }

        if (asked.Winner is not { } guest)
        {
            return ControlAnswer.Refuse(Refusals.NotAnsweredYet);
        }

        BringTogether(asked);
        Note(now, MomentKinds.Joined, guest.UserId, guest.Party);
        return ControlAnswer.Accepted;
    }

    private void BringTogether(Attempt asked)
    {
        asked.IsOver = true;
        foreach (var leg in _legs.Where(leg => leg.Place == LegPlace.Consult))
        {
            leg.Place = LegPlace.Main;
        }

        _markIsOld = true;
        Changed();
    }

    /// <summary>Whoever was rung or asked is let go.</summary>
    private void GiveUp(Attempt attempt)
    {
        attempt.IsOver = true;
        foreach (var leg in attempt.Legs)
        {
            leg.Leaving = true;
        }

        LetGo(attempt.Legs, NormalClearing);
        _markIsOld = true;
        Changed();
    }

    // The target has answered: who transferred is free.
    private void FinishTransfer(Attempt attempt, Leg target, DateTimeOffset now)
    {
        Note(now, MomentKinds.Transferred, attempt.ByUserId, target.Party);
        if (attempt.By is { IsGone: false, Leaving: false } by)
        {
            Report(attempt, "channel_answered");
            Dismiss(by);
        }

        ChooseOwner();
    }

    private void Dismiss(Leg leg)
    {
        leg.Leaving = true;
        leg.Place = LegPlace.Outside;
        Do(new CallEffect.HangUp(leg.ChannelId, NormalClearing));
        _markIsOld = true;
        Changed();
    }

    /// <summary>Nobody could be brought in.</summary>
    private void Fail(Attempt attempt, string reason, DateTimeOffset now)
    {
        attempt.IsOver = true;
        _markIsOld = true;
        Changed();
        switch (attempt.Purpose)
        {
            case RoutePurpose.Transfer:
                Note(now, MomentKinds.TransferFailed, attempt.ByUserId, attempt.Party, reason);
                Notify(attempt.ByUserId, NoticeKinds.TransferFailed, reason, attempt.Party);
                Report(attempt, reason is EndReasons.Busy or EndReasons.Rejected ? "channel_declined" : "channel_unavailable");
                if (attempt.By is { TakesPart: true } by)
                {
                    by.Place = LegPlace.Main;
                    _failedRefer = attempt.IsRefer ? (by, now) : null;
                }
                else
                {
                    Recall(attempt.ByUserId);
                }

                break;
            case RoutePurpose.Ask:
                Note(now, MomentKinds.AskEnded, attempt.ByUserId, attempt.Party, reason);
                Notify(attempt.ByUserId, NoticeKinds.AskFailed, reason, attempt.Party);
                ReturnToOthers(attempt);
                EndIfAlone(attempt.By!, NormalClearing, now, estimated: false);
                break;
            case RoutePurpose.Add:
                Note(now, MomentKinds.AddFailed, attempt.ByUserId, attempt.Party, reason);
                Notify(attempt.ByUserId, NoticeKinds.AddFailed, reason, attempt.Party);
                break;
            case RoutePurpose.Reconnect:
                // The page asks again, for as long as the place is kept.
                break;
            case RoutePurpose.Recall:
                End(new CallEnd(EndedBy.System, EndReasons.TransferFailed, NormalClearing), now);
                break;
        }
    }

    private void Recall(string? userId) => Try(RoutePurpose.Recall, by: null, userId, userId ?? "");

    private static void ReturnToOthers(Attempt asked)
    {
        if (asked.By is { } by)
        {
            by.Place = LegPlace.Main;
        }
    }

    private void TransferToDialplan(Attempt attempt, HandBack back, DateTimeOffset now)
    {
        attempt.Party = back.Callee;
        var others = _legs.Where(leg => leg.TakesPart && leg != attempt.By).ToArray();
        if (others.Length != 1)
        {
            Fail(attempt, EndReasons.NotAllowed, now);
            return;
        }

        attempt.IsOver = true;
        Note(now, MomentKinds.HandedBack, attempt.ByUserId, back.Callee, back.Callee.Name);
        Report(attempt, "channel_answered");
        EndHandingBack(new CallEnd(EndedBy.Agent, EndReasons.Transferred, NormalClearing, attempt.ByUserId), others, back.Place, now);
    }

    private void OnReferReceived(string channelId, string to, string? otherChannelId)
    {
        // Only a phone of ours may transfer: from a trunk, REFER would let strangers dial through us.
        var isOurs = FindLeg(channelId) is { TakesPart: true, UserId: not null } && State == CallState.Connected;
        var leg = FindLeg(channelId);
        if (!isOurs || leg is null)
        {
            Do(new CallEffect.ReportTransfer(channelId, "channel_declined"));
        }
        else if (otherChannelId is not null)
        {
            Do(new CallEffect.AskForHandOver(otherChannelId, Id, leg.UserId!, ReferChannelId: channelId));
        }
        else if (Transfer(leg, to, isRefer: true).Result != ControlResult.Accepted)
        {
            Do(new CallEffect.ReportTransfer(channelId, "channel_declined"));
        }
    }

    private void Report(Attempt attempt, string state)
    {
        if (attempt is { IsRefer: true, By: { IsGone: false } by })
        {
            Do(new CallEffect.ReportTransfer(by.ChannelId, state));
        }
    }
}
