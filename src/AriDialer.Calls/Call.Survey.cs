using System.Collections.Immutable;

namespace AriDialer.Calls;

// What requests answer, and what a look into Asterisk finds: the ways by which a call learns what no event told it.
internal sealed partial class Call
{
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(1);

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
        call._called.AddRange(mark.Legs.Select(leg => new Leg(leg.ChannelId, leg.Endpoint, leg.UserId) { Exists = true }));
        call._caller.State = caller.State;
        call.Changed();
        return call;
    }

    /// <summary>The first effects of an adopted call; every one of them may be a repetition and is harmless as one.</summary>
    internal ImmutableArray<CallEffect> Resume(ImmutableArray<SeenChannel> channels, DateTimeOffset now)
    {
        Do(new CallEffect.CreateBridge(_bridgeId));
        Bridge(_caller);
        foreach (var leg in _called.Where(leg => channels.Any(seen => seen.ChannelId == leg.ChannelId && seen.State == LegState.Down)))
        {
            // Made but perhaps never rung; one that rings already refuses to be rung twice.
            Do(new CallEffect.DialLeg(leg.ChannelId, _ringFor));
        }

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
            OnLegGone(leg.ChannelId, cause: 0, now, estimated: true);
        }
    }

    private static bool IsAmong(ImmutableArray<SeenChannel> channels, Leg leg) =>
        channels.Any(seen => seen.ChannelId == leg.ChannelId && seen.State != LegState.Gone);

    private void OnLegArrived(string channelId)
    {
        if (FindLeg(channelId) is not { } leg || leg == _caller)
        {
            return;
        }

        leg.Exists = true;
        if (leg.IsGone)
        {
            // It was given up while the request that made it was still under way.
            Do(new CallEffect.HangUp(channelId, NormalClearing));
        }
    }

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

        // Nearly always the channel's end follows at once, with its cause. If it doesn't, somebody took the channel away.
        Do(new CallEffect.SurveyLater(Doubt));
    }

    private void OnEffectFailed(CallEffect effect, EffectFailure failure, DateTimeOffset now)
    {
        switch (effect, failure)
        {
            case (CallEffect.HangUp hangUp, EffectFailure.Gone):
                OnLegGone(hangUp.ChannelId, cause: 0, now, estimated: false);
                break;
            case (CallEffect.CreateLeg create, EffectFailure.Fault):
                // Asterisk makes no channel for an endpoint without a contact, or for one that it doesn't know.
                OnLegGone(create.ChannelId, create.Target.UserId is null ? 38 : 20, now, estimated: false);
                break;
            case (CallEffect.Answer or CallEffect.CreateBridge or CallEffect.AddToBridge or CallEffect.DialLeg, EffectFailure.Fault) when !IsOver:
                End(new CallEnd(EndedBy.System, EndReasons.Failed, EndReasons.CauseOf(EndReasons.Failed)), now);
                break;
            case (CallEffect.CreateBridge or CallEffect.CreateLeg or CallEffect.DialLeg, EffectFailure.Conflict):
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
