using System.Collections.Immutable;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

// What happens in a call, from the top:
//
//   1. A caller's channel enters Stasis. The call is Arriving and asks routing who is to be rung.
//   2. Routing names phones or a trunk. The call is Dialing: it writes itself onto the caller's channel (for adoption after a
//      restart), makes and rings each leg, and prepares the bridge while they ring.
//   3. The first phone that rings, or the first early media, makes it Ringing; the caller hears it.
//   4. The first leg to answer wins; the others are told that it was answered elsewhere. Winner and caller meet in the bridge,
//      the caller is answered, and once both are up the call is Connected.
//   5. Any side, a supervisor, routing or a fault decides the end. The call is Ending: what is left is hung up (or the caller goes
//      back to the dialplan).
//   6. The last channel is gone: Ended.
//
//                        +------------------------- end decided -------------------------+
//                        |             |              |               |                  v
//     StasisStart -> Arriving --route--> Dialing --rings--> Ringing --both up--> Connected --> Ending --no channel left--> Ended
//
// Everything goes through Apply: what people do, what Asterisk says, what a survey finds, what a request answers. It awaits
// nothing, reads no clock and logs nothing. An input that means nothing in the present state changes nothing.

/// <summary>One call: a pure state machine from inputs to effects.</summary>
internal sealed partial class Call
{
    private readonly List<CallEffect> _effects = [];
    private readonly List<Leg> _called = [];
    private readonly Leg _caller;
    private readonly RouteRequest _request;
    private readonly string _bridgeId;
    private CallDirection _direction;
    private CallParty _callerParty;
    private CallParty _calleeParty;
    private TimeSpan _ringFor;
    private DateTimeOffset? _ringingAt;
    private DateTimeOffset? _answeredAt;
    private DateTimeOffset? _endedAt;
    private CallEnd? _end;
    private Leg? _winner;
    private bool _routed;
    private bool _returnsUnanswered;
    private bool _callerGoesBack;

    internal Call(RouteRequest request, SeenChannel caller, string? sipCallId)
    {
        _request = request;
        _bridgeId = CallIds.Bridge(request.CallId);
        _caller = new Leg(caller.ChannelId, request.Endpoint, userId: null) { SipCallId = sipCallId, State = caller.State, Exists = true };
        _direction = request.Arguments.GetValueOrDefault("kind") == "phone" ? CallDirection.Outbound : CallDirection.Inbound;
        _callerParty = new CallParty(null, NullIfEmpty(request.CallerNumber), NullIfEmpty(request.CallerName));
        _calleeParty = new CallParty(null, NullIfEmpty(request.Dialled), null);
        _returnsUnanswered = request.Arguments.GetValueOrDefault("return") == "unanswered";
    }

    internal string Id => _request.CallId;

    internal CallState State { get; private set; } = CallState.Arriving;

    /// <summary>True once it is known whose call it is; before that, nobody can be told of it.</summary>
    internal bool IsRouted => _routed;

    /// <summary>Rises with each change that others may see.</summary>
    internal long Version { get; private set; }

    /// <summary>The ids of the channels that are not known to be gone.</summary>
    internal IEnumerable<string> LiveChannels => Legs.Where(leg => !leg.IsGone).Select(leg => leg.ChannelId);

    private IEnumerable<Leg> Legs => _called.Prepend(_caller);

    private bool IsOver => State is CallState.Ending or CallState.Ended;

    /// <summary>The first effects of a call that arrives.</summary>
    internal ImmutableArray<CallEffect> Arrive() => [new CallEffect.AskRoute(_request)];

    /// <summary>Takes an input and says what is to be done. Never throws.</summary>
    /// <param name="input">What happened.</param>
    /// <param name="now">When.</param>
    internal ImmutableArray<CallEffect> Apply(CallInput input, DateTimeOffset now)
    {
        switch (input)
        {
            case CallInput.RouteDecided decided:
                OnRouteDecided(decided.Decision, now);
                break;
            case CallInput.RouteFailed:
                OnRouteFailed(now);
                break;
            case CallInput.LegArrived arrived:
                OnLegArrived(arrived.ChannelId);
                break;
            case CallInput.LegRinging ringing:
                OnLegRinging(ringing.ChannelId, now);
                break;
            case CallInput.LegEarlyMedia media:
                OnLegEarlyMedia(media.ChannelId, now);
                break;
            case CallInput.LegAnswered answered:
                OnLegAnswered(answered.ChannelId, now);
                break;
            case CallInput.LegGone gone:
                OnLegGone(gone.ChannelId, gone.Cause, now, estimated: false);
                break;
            case CallInput.LegLeftStasis left:
                OnLegLeftStasis(left.ChannelId, now);
                break;
            case CallInput.ControlRequested { Control: CallControl.HangUp } request:
                OnHangUpRequested(request.By, now);
                Do(new CallEffect.Reply(request.Ticket, ControlAnswer.Accepted));
                break;
            case CallInput.ControlRequested request:
                Do(new CallEffect.Reply(request.Ticket, ControlAnswer.Refuse(Refusals.NotConnected)));
                break;
            case CallInput.BridgeGone:
                OnBridgeGone();
                break;
            case CallInput.EffectFailed failed:
                OnEffectFailed(failed.Effect, failed.Failure, now);
                break;
            case CallInput.Surveyed surveyed:
                OnSurveyed(surveyed.Channels, now);
                break;
        }

        ImmutableArray<CallEffect> effects = [.. _effects];
        _effects.Clear();
        return effects;
    }

    internal ImmutableArray<CallMoment> TakeMoments() => [];

    internal CallSnapshot ToSnapshot() => new(
        Id, Version, _direction, State, _callerParty, _calleeParty, _request.StartedAt, _ringingAt, _answeredAt, _endedAt, _end,
        [.. Legs.Select(leg => leg.ToSnapshot())]);

    private Leg? FindLeg(string channelId) => Legs.FirstOrDefault(leg => leg.ChannelId == channelId);

    private void Do(CallEffect effect) => _effects.Add(effect);

    private void Changed() => Version++;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
