using System.Collections.Immutable;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

// What requests answer, and what a look into Asterisk finds: the ways by which a call learns what no event told it.
internal sealed partial class Call
{
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndShouldFollow = TimeSpan.FromMilliseconds(150);

    private void OnSurveyed(ImmutableArray<SeenChannel> channels, long askedAfter, DateTimeOffset now)
    {
        var wasEnding = State == CallState.Ending;

        // The living first: a winner must be known before the losses are counted.
        foreach (var seen in channels)
        {
            if (seen.State == LegState.Ringing)
            {
                OnLegRinging(seen.ChannelId, now);
            }
            else if (seen.State == LegState.Up)
            {
                OnLegAnswered(seen.ChannelId, now);
            }
            else if (seen.State == LegState.Down)
            {
                OnLegArrived(seen.ChannelId);
            }

            if (FindLeg(seen.ChannelId) is { IsMisplaced: true } leg)
            {
                (leg.IsMisplaced, leg.PutInto) = (false, null);
            }
        }

        ConnectIfBothUp(now);
        Leg[] lost = [.. _legs.Where(leg => !leg.IsGone && leg.ExistsSince <= askedAfter && !IsAmong(channels, leg))];

        // What is outside our application is somebody else's.
        HangUpUnseen(lost.Where(leg => !IsSeen(channels, leg)));
        CountLosses(lost, now);
        OnBrokenTracks(now);
        if (wasEnding)
        {
            EndAgain();
        }
    }

    private void OnLegsMissed(ImmutableArray<string> channelIds, long askedAfter, DateTimeOffset now)
    {
        Leg[] lost = [.. _legs.Where(leg => !leg.IsGone && !(leg.ExistsSince > askedAfter) && channelIds.Contains(leg.ChannelId))];
        HangUpUnseen(lost);
        CountLosses(lost, now);
    }

    // That nobody saw it is no proof: what the call counts no more must not ring on, or be silent for ever. Mostly it is really gone.
    private void HangUpUnseen(IEnumerable<Leg> lost)
    {
        if (IsOver)
        {
            // All were hung up, or given back to the dialplan, where they are no longer ours to end.
            return;
        }

        foreach (var leg in lost.Where(leg => !leg.LeftStasis))
        {
            Do(new CallEffect.HangUp(leg.ChannelId, NormalClearing));
        }
    }

    private void CountLosses(Leg[] lost, DateTimeOffset now)
    {
        if (!IsOver && _routed && lost.Length > 0 && _legs.TrueForAll(leg => leg.IsGone || lost.Contains(leg)))
        {
            // Everybody left unseen: nobody can say who was first.
            foreach (var leg in lost)
            {
                leg.State = LegState.Gone;
            }

            End(new CallEnd(EndedBy.System, _answeredAt is null ? EndReasons.Lost : EndReasons.Completed, 0, Estimated: true), now);
            return;
        }

        foreach (var leg in lost)
        {
            OnLegGone(leg.ChannelId, cause: 0, now, estimated: !leg.LeftStasis);
        }
    }

    private static bool IsSeen(ImmutableArray<SeenChannel> channels, Leg leg) => channels.Any(seen => seen.ChannelId == leg.ChannelId);

    private static bool IsAmong(ImmutableArray<SeenChannel> channels, Leg leg) =>
        channels.Any(seen => seen.ChannelId == leg.ChannelId && seen.State != LegState.Gone);

    private void OnLegLeftStasis(string channelId, DateTimeOffset now)
    {
        if (FindLeg(channelId) is not { IsGone: false } leg)
        {
            return;
        }

        if (leg.GoesBack)
        {
            OnLegGone(channelId, cause: 0, now, estimated: false);
            return;
        }

        // Mostly the channel's end follows at once, with its cause. It need not: for a channel that the dialplan sent, Asterisk may
        // unsubscribe us first. And somebody may have taken the channel away.
        leg.LeftStasis = true;
        Do(new CallEffect.SurveyLater(EndShouldFollow));
    }

    private void OnEffectFailed(CallEffect effect, EffectFailure failure, DateTimeOffset now)
    {
        switch (effect, failure)
        {
            case (CallEffect.HangUp hangUp, EffectFailure.Gone):
                OnLegGone(hangUp.ChannelId, cause: 0, now, estimated: false);
                break;
            case (CallEffect.CreateLeg create, EffectFailure.Fault or EffectFailure.Conflict):
                // Asterisk makes no channel for an endpoint that it doesn't know (500) or that has no contact (409, as for a used id;
                // but ids are used once, and a leg is not made again after a restart).
                OnLegGone(create.ChannelId, create.Target.UserId is null ? 38 : 20, now, estimated: false);
                break;
            case (CallEffect.DialLeg dial, EffectFailure.Fault) when FindLeg(dial.ChannelId) is { } leg && AttemptOf(leg) is { Purpose: not RoutePurpose.Call }:
                Do(new CallEffect.HangUp(dial.ChannelId, NormalClearing));
                break;
            case (CallEffect.Answer or CallEffect.CreateBridge or CallEffect.AddToBridge or CallEffect.DialLeg, EffectFailure.Fault)
                when !IsOver && State != CallState.Connected:
                End(new CallEnd(EndedBy.System, EndReasons.Failed, EndReasons.CauseOf(EndReasons.Failed)), now);
                break;
            case (CallEffect.Play, not EffectFailure.Gone):
                OnPlaybackOver(now);
                break;
            case (CallEffect.RecordMessage, not EffectFailure.Conflict):
                OnRecordingOver(seconds: null, now);
                break;
            case (CallEffect.Snoop or CallEffect.RecordTrack, EffectFailure.Gone):
                // What it hears has just ended, which is told by itself.
                break;
            case (CallEffect.Snoop snoop, _):
                OnTrackRefused(snoop.SnoopId, now);
                break;
            case (CallEffect.RecordTrack record, _):
                OnTrackRefused(record.SnoopId, now);
                break;
            case (CallEffect.Announce announce, _):
                OnAnnouncementOver(announce.PlaybackId, isComplete: false, now);
                break;
            case (CallEffect.AskForHandOver ask, _):
                OnMergeRefused(ask.ByUserId, ask.ReferChannelId, now);
                break;
            case (CallEffect.HandOver handOver, _):
                // The call that wanted them has just ended.
                foreach (var leg in handOver.Legs)
                {
                    Do(new CallEffect.HangUp(leg.ChannelId, NormalClearing));
                }

                break;
            case (CallEffect.CreateBridge, EffectFailure.Conflict):
            case (CallEffect.RemoveFromBridge or CallEffect.SetMusic or CallEffect.SetRingingTone or CallEffect.ReportTransfer, _):
            case (CallEffect.DestroyBridge or CallEffect.SurveyLater, _):
                // Done before, by us: a repetition after a restart. Or nothing that the call depends on.
                break;
            default:
                DoubtWhereItIs(effect);
                break;
        }
    }

    private void DoubtWhereItIs(CallEffect effect)
    {
        // Asked for again once a survey has found it there, not at once: that would be a storm.
        if (effect is CallEffect.AddToBridge add && FindLeg(add.ChannelId) is { } leg)
        {
            leg.IsMisplaced = true;
        }

        if (State != CallState.Ended)
        {
            Do(new CallEffect.SurveyLater(Doubt));
        }
    }

    // The end was asked for and something still lives: ask again, until nothing does.
    private void EndAgain()
    {
        if (State != CallState.Ending)
        {
            return;
        }

        if (AwaitsRecording && _legs.TrueForAll(leg => leg.IsGone))
        {
            // That it ended was not told. If it is there, it is found among what Asterisk has stored.
            _message = _message! with { Seconds = 0 };
            SettleEnd();
            return;
        }

        foreach (var leg in _legs.Where(leg => !leg.IsGone))
        {
            Do(new CallEffect.HangUp(leg.ChannelId, _end?.Cause ?? NormalClearing));
        }

        Do(new CallEffect.SurveyLater(EndingShouldTake));
    }
}
