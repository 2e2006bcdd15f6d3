using System.Collections.Immutable;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

// More than two: adding, removing, and bringing two calls together. Two calls never touch each other: the one that is to go on
// asks the other for its people (AskForHandOver), and that one hands them over and ends, or refuses.
internal sealed partial class Call
{
    private const int MostPeople = 16;

    private ControlAnswer Add(Leg own, string to)
    {
        if (_legs.Count(leg => !leg.IsGone) >= MostPeople)
        {
            return ControlAnswer.Refuse(Refusals.TooMany);
        }

        Try(RoutePurpose.Add, own, own.UserId, to);
        return ControlAnswer.Accepted;
    }

    private ControlAnswer Remove(CallRequester by, Leg? own, string channelId, DateTimeOffset now)
    {
        if (!by.MayControlAll && (own is null || by.UserId != _owner))
        {
            return ControlAnswer.NotAllowed;
        }

        if (_legs.Find(leg => leg is { IsGone: false, Leaving: false } && leg.ChannelId == channelId && leg != own) is not { } target)
        {
            return ControlAnswer.Refuse(Refusals.NoSuchPerson);
        }

        Note(now, MomentKinds.Removed, by.UserId, target.Party);
        if (target.TakesPart)
        {
            Leave(target, now);
        }
        else if (AttemptOf(target) is { } attempt)
        {
            GiveUp(attempt);
        }

        return ControlAnswer.Accepted;
    }

    private ControlAnswer Merge(Leg own, string otherCallId)
    {
        if (IsTransferring)
        {
            return ControlAnswer.Refuse(Refusals.AlreadyTransferring);
        }

        if (otherCallId == Id)
        {
            return ControlAnswer.Refuse(Refusals.NotMergeable);
        }

        Do(new CallEffect.AskForHandOver(otherCallId, Id, own.UserId!, ReferChannelId: null));
        return ControlAnswer.Accepted;
    }

    private void OnHandOverRequested(CallInput.HandOverRequested request, DateTimeOffset now)
    {
        var own = _legs.Find(leg => leg.TakesPart && leg.UserId == request.ByUserId);
        ImmutableArray<Leg> others = [.. _legs.Where(leg => leg.TakesPart && leg != own)];
        if (own is null || others.IsEmpty || State != CallState.Connected || IsTransferring)
        {
            Do(new CallEffect.RefuseHandOver(request.ToCallId, request.ByUserId, request.ReferChannelId));
            return;
        }

        Note(now, MomentKinds.Merged, request.ByUserId);
        Do(new CallEffect.HandOver(
            request.ToCallId, request.ByUserId, request.ReferChannelId,
            [.. others.Select(leg => new HandedLeg(leg.ChannelId, leg.Endpoint, leg.SipCallId, leg.UserId, leg.Party, leg.Muted))]));
        foreach (var leg in others)
        {
            // Its channel lives on in the other call, which may not want it recorded.
            EndTrack(leg, isChannelGone: false);
            leg.State = LegState.Gone;
        }

        End(new CallEnd(EndedBy.Agent, EndReasons.Merged, NormalClearing, request.ByUserId), now);
    }

    private void OnLegsJoined(CallInput.LegsJoined joined, DateTimeOffset now)
    {
        if (State != CallState.Connected)
        {
            foreach (var handed in joined.Legs)
            {
                Do(new CallEffect.HangUp(handed.ChannelId, NormalClearing));
            }

            return;
        }

        foreach (var handed in joined.Legs.Where(handed => FindLeg(handed.ChannelId) is not { IsGone: false }))
        {
            // It may have been here before, and come back from the call that it went to.
            _legs.RemoveAll(leg => leg.ChannelId == handed.ChannelId && leg != _caller);
            if (FindLeg(handed.ChannelId) is { } caller)
            {
                (caller.State, caller.Place, caller.PutInto, caller.ExistsSince) = (LegState.Up, LegPlace.Main, LegPlace.Outside, Taken);
            }
            else
            {
                _legs.Add(ToLeg(handed));
            }

            Note(now, MomentKinds.Merged, joined.ByUserId, handed.Party);
        }

        _markIsOld = true;
        if (joined.ReferChannelId is { } refer && FindLeg(refer) is { TakesPart: true } by)
        {
            Do(new CallEffect.ReportTransfer(refer, "channel_answered"));
            Note(now, MomentKinds.Transferred, joined.ByUserId, joined.Legs[0].Party);
            Dismiss(by);
            ChooseOwner();
        }
        else if (_legs.Find(leg => leg.TakesPart && leg.UserId == joined.ByUserId) is { } own)
        {
            own.Holding = false;
        }
    }

    private Leg ToLeg(HandedLeg handed) => new(handed.ChannelId, handed.Endpoint, handed.UserId, LegRole.Merged)
    {
        SipCallId = handed.SipCallId,
        Party = handed.Party,
        State = LegState.Up,
        ExistsSince = Taken,
        Muted = handed.Muted,
        Place = LegPlace.Main,
    };

    private void OnMergeRefused(string byUserId, string? referChannelId, DateTimeOffset now)
    {
        if (referChannelId is not null)
        {
            Do(new CallEffect.ReportTransfer(referChannelId, "channel_declined"));
        }

        if (!IsOver)
        {
            Notify(byUserId, NoticeKinds.MergeFailed, reason: null, CallParty.Unknown);
            Note(now, MomentKinds.TransferFailed, byUserId, detail: EndReasons.Failed);
        }
    }
}
