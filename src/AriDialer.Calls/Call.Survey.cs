using System.Collections.Immutable;

namespace AriDialer.Calls;

// What requests answer, and what a look into Asterisk finds: the ways by which a call learns what no event told it.
internal sealed partial class Call
{
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndShouldFollow = TimeSpan.FromMilliseconds(150);

    /// <summary>A call that an earlier process began: its story from the mark, its present from what Asterisk has.</summary>
    internal static Call Adopt(Routing.RouteRequest request, CallMark mark, string? sipCallId, ImmutableArray<SeenChannel> channels)
    {
        var caller = channels.First(channel => !CallIds.TryGetCall(channel.ChannelId, out _));
        var call = new Call(request with { StartedAt = mark.StartedAt }, new SeenChannel(caller.ChannelId, LegState.Down), sipCallId)
        {
            _routed = true,
            _direction = mark.Direction,
            _callerParty = mark.Caller,
            _calleeParty = mark.Callee,
            _ringFor = mark.RingFor,
            _ringingAt = mark.RingingAt,
            _answeredAt = mark.AnsweredAt,
            _returnsUnanswered = mark.ReturnsUnanswered,
            State = CallState.Dialing,
        };

        // A leg that is there in state Down is one that just arrived: made, but perhaps never rung. All others were rung for, and one
        // that is not there has ended.
        call._called.AddRange(mark.Legs.Select(leg => new Leg(leg.ChannelId, leg.Endpoint, leg.UserId)
        {
            Exists = !channels.Contains(new SeenChannel(leg.ChannelId, LegState.Down)),
        }));
        call._caller.State = caller.State;
        call.Changed();
        return call;
    }

    /// <summary>The first effects of an adopted call; every one of them may be a repetition and is harmless as one.</summary>
    internal ImmutableArray<CallEffect> Resume(ImmutableArray<SeenChannel> channels, DateTimeOffset now)
    {
        PrepareBridge();
        return Apply(new CallInput.Surveyed(channels), now);
    }

    private void OnSurveyed(ImmutableArray<SeenChannel> channels, DateTimeOffset now)
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
        }

        ConnectIfBothUp(now);
        CountLosses([.. Legs.Where(leg => leg is { IsGone: false, Exists: true } && !IsAmong(channels, leg))], now);
        if (wasEnding)
        {
            EndAgain();
        }
    }

    private void CountLosses(Leg[] lost, DateTimeOffset now)
    {
        if (!IsOver && _routed && lost.Length > 0 && Legs.All(leg => leg.IsGone || lost.Contains(leg)))
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

    private static bool IsAmong(ImmutableArray<SeenChannel> channels, Leg leg) =>
        channels.Any(seen => seen.ChannelId == leg.ChannelId && seen.State != LegState.Gone);

    private void OnLegLeftStasis(string channelId, DateTimeOffset now)
    {
        if (FindLeg(channelId) is not { IsGone: false } leg)
        {
            return;
        }

        if (leg == _caller && _callerGoesBack)
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
            case (CallEffect.Answer or CallEffect.CreateBridge or CallEffect.AddToBridge or CallEffect.DialLeg, EffectFailure.Fault) when !IsOver:
                End(new CallEnd(EndedBy.System, EndReasons.Failed, EndReasons.CauseOf(EndReasons.Failed)), now);
                break;
            case (CallEffect.CreateBridge, EffectFailure.Conflict):
            case (CallEffect.DestroyBridge or CallEffect.SurveyLater, _):
                // Done before, by us: a repetition after a restart. Or nothing that the call depends on.
                break;
            default:
                if (State != CallState.Ended)
                {
                    Do(new CallEffect.SurveyLater(Doubt));
                }

                break;
        }
    }

    // The end was asked for and something still lives: ask again, until nothing does.
    private void EndAgain()
    {
        if (State != CallState.Ending)
        {
            return;
        }

        foreach (var leg in Legs.Where(leg => !leg.IsGone))
        {
            Do(new CallEffect.HangUp(leg.ChannelId, _end?.Cause ?? NormalClearing));
        }

        Do(new CallEffect.SurveyLater(EndingShouldTake));
    }
}
