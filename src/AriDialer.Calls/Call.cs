using System.Collections.Immutable;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

// What happens in a call, from the top:
//
//   1. A caller's channel enters Stasis. The call is Arriving and asks routing who is to be rung (the first Attempt).
//   2. Routing names phones or a trunk. The call is Dialing: it makes its bridge, which carries the call's mark (all that a
//      restart needs to take it over), then makes and rings each leg.
//   3. The first phone that rings, or the first early media, makes it Ringing; the caller hears it.
//   4. The first leg to answer wins; the others are told that it was answered elsewhere. Winner and caller meet in the bridge,
//      the caller is answered, and once both are up the call is Connected.
//   5. Nobody answers: routing is asked again where it wanted that, and names somebody else or a mailbox (Voicemail), or the
//      call ends.
//   6. While it is Connected, people hold, transfer, ask, add, remove and merge. All that is a matter of who belongs where
//      (Leg.Place); Settle then asks Asterisk for what differs, and for music where somebody is left alone.
//   7. A browser vanishes: its place is kept for a while (Leg.AwaySince), and the page that comes back is rung into it.
//   8. Recording, by rule or because somebody wants it, is a track for each leg that takes part.
//   9. Any side, a supervisor, routing or a fault decides the end. The call is Ending: what is left is hung up (or goes back to
//      the dialplan).
//  10. The last channel is gone: Ended.
//
//                        +------------------------- end decided -------------------------+
//                        |             |              |               |                  v
//     StasisStart -> Arriving --route--> Dialing --rings--> Ringing --both up--> Connected --> Ending --no channel left--> Ended
//                        |                 ^  |               |                                  ^
//                        |                 +--+---unanswered--+--> Voicemail ----recorded--------+
//                        +------------------------------------------^
//
// Everything goes through Apply: what people do, what Asterisk says, what a survey finds, what a request answers. It awaits
// nothing, reads no clock and logs nothing. An input that means nothing in the present state changes nothing.

/// <summary>One call: a pure state machine from inputs to effects.</summary>
internal sealed partial class Call
{
    private readonly List<CallEffect> _effects = [];

    // What must not be told before everybody is where they belong: nobody hears an answer and then nothing.
    private readonly List<CallEffect> _onceSettled = [];
    private readonly List<Leg> _legs = [];
    private readonly List<Attempt> _attempts = [];
    private readonly Leg _caller;
    private readonly RouteRequest _request;
    private readonly string _bridgeId;
    private readonly string _consultBridgeId;
    private readonly bool _returnsUnanswered;
    private CallDirection _direction;
    private CallParty _callerParty;
    private CallParty _calleeParty;
    private CallParty? _team;
    private DateTimeOffset? _ringingAt;
    private DateTimeOffset? _answeredAt;
    private DateTimeOffset? _endedAt;
    private CallEnd? _end;
    private string? _owner;
    private bool _routed;
    private int _legsMade;

    internal Call(RouteRequest request, SeenChannel caller, string? sipCallId)
    {
        _request = request;
        _bridgeId = CallIds.Bridge(request.CallId);
        _consultBridgeId = CallIds.ConsultBridge(request.CallId);
        _caller = new Leg(caller.ChannelId, request.Endpoint, userId: null, LegRole.Caller)
        {
            SipCallId = sipCallId,
            State = caller.State,
            ExistsSince = 0,
            Place = LegPlace.Main,
        };
        _legs.Add(_caller);
        _direction = request.Arguments.GetValueOrDefault("kind") == "phone" ? CallDirection.Outbound : CallDirection.Inbound;
        _callerParty = new CallParty(null, NullIfEmpty(request.CallerNumber), NullIfEmpty(request.CallerName));
        _calleeParty = new CallParty(null, NullIfEmpty(request.Dialled), null);
        _caller.Party = _callerParty;
        _returnsUnanswered = request.Arguments.GetValueOrDefault("return") == "unanswered";
    }

    internal string Id => _request.CallId;

    internal CallState State { get; private set; } = CallState.Arriving;

    /// <summary>True once it is known whose call it is; before that, nobody can be told of it.</summary>
    internal bool IsRouted => _routed;

    /// <summary>How many inputs it has taken, the present one among them.</summary>
    internal long Taken { get; private set; }

    /// <summary>Rises with each change that others may see.</summary>
    internal long Version { get; private set; }

    /// <summary>The ids of the channels that are not known to be gone.</summary>
    internal IEnumerable<string> LiveChannels => _legs.Where(leg => !leg.IsGone).Select(leg => leg.ChannelId);

    private bool IsOver => State is CallState.Ending or CallState.Ended;

    /// <summary>The first effects of a call that arrives.</summary>
    internal ImmutableArray<CallEffect> Arrive()
    {
        _attempts.Add(new Attempt(1, RoutePurpose.Call) { Dialled = _request.Dialled });
        return [new CallEffect.AskRoute(_request, 1)];
    }

    /// <summary>Takes an input and says what is to be done. Never throws.</summary>
    /// <param name="input">What happened.</param>
    /// <param name="now">When.</param>
    internal ImmutableArray<CallEffect> Apply(CallInput input, DateTimeOffset now)
    {
        Taken++;
        switch (input)
        {
            case CallInput.RouteDecided decided:
                OnRouteDecided(decided.Attempt, decided.Decision, now);
                break;
            case CallInput.RouteFailed failed:
                OnRouteDecided(failed.Attempt, decision: null, now);
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
            case CallInput.LegHeld held:
                OnLegHeld(held.ChannelId, held.On, now);
                break;
            case CallInput.LegSilent silent:
                OnLegSilent(silent.ChannelId, silent.KeptFor, now);
                break;
            case CallInput.PhoneIsBack back:
                OnPhoneIsBack(back.ChannelId);
                break;
            case CallInput.LegHeard heard:
                OnLegHeard(heard.ChannelId, now);
                break;
            case CallInput.LegGone gone:
                OnLegGone(gone.ChannelId, gone.Cause, now, estimated: false);
                break;
            case CallInput.LegLeftStasis left:
                OnLegLeftStasis(left.ChannelId, now);
                break;
            case CallInput.DigitReceived digit:
                OnDigitReceived(digit.ChannelId, digit.Digit, now);
                break;
            case CallInput.ControlRequested request:
                Do(new CallEffect.Reply(request.Ticket, Control(request.By, request.Control, now)));
                break;
            case CallInput.ReferReceived refer:
                OnReferReceived(refer.ChannelId, refer.To, refer.OtherChannelId);
                break;
            case CallInput.HandOverRequested request:
                OnHandOverRequested(request, now);
                break;
            case CallInput.LegsJoined joined:
                OnLegsJoined(joined, now);
                break;
            case CallInput.MergeRefused refused:
                OnMergeRefused(refused.ByUserId, refused.ReferChannelId, now);
                break;
            case CallInput.PlaybackOver over when over.PlaybackId == CallIds.Playback(Id):
                OnPlaybackOver(now);
                break;
            case CallInput.PlaybackOver over:
                OnAnnouncementOver(over.PlaybackId, over.IsComplete, now);
                break;
            case CallInput.RecordingBegun begun:
                OnTrackStarted(begun.Name, begun.At, now);
                break;
            case CallInput.RecordingOver over when FindTrack(over.Name) is { } track:
                OnTrackOver(track, over.At);
                break;
            case CallInput.RecordingOver over when over.Name == _message?.RecordingName:
                OnRecordingOver(over.Seconds, now);
                break;
            case CallInput.BridgeGone gone:
                OnBridgeGone(gone.BridgeId);
                break;
            case CallInput.EffectFailed failed:
                OnEffectFailed(failed.Effect, failed.Failure, now);
                break;
            case CallInput.Surveyed surveyed:
                OnSurveyed(surveyed.Channels, surveyed.AskedAfter, now);
                break;
            case CallInput.LegsMissed missed:
                OnLegsMissed(missed.ChannelIds, missed.AskedAfter, now);
                break;
            case CallInput.EndOverdue when State == CallState.Ending:
                EndWithoutWaiting();
                break;
        }

        return TakeEffects();
    }

    internal CallSnapshot ToSnapshot() => new(
        Id, Version, _direction, State, _callerParty, _calleeParty, _request.StartedAt, _ringingAt, _answeredAt, _endedAt, _end,
        [.. _legs.Select(leg => leg.ToSnapshot())])
    {
        Team = _team,
        OwnerUserId = _owner,
        Consultation = ToConsultation(),
        Transfer = OpenTransfer is { } transfer ? new PendingTransfer(transfer.ByUserId, transfer.Party) : null,
        Notice = _notice,
        Message = _message,
        MayBeRecorded = _recordingRule.Allowed,
        Recording = ToRecording(),
    };

    private ImmutableArray<CallEffect> TakeEffects()
    {
        Settle();
        _effects.AddRange(_onceSettled);
        _onceSettled.Clear();
        ImmutableArray<CallEffect> effects = [.. _effects];
        _effects.Clear();
        return effects;
    }

    private Leg? FindLeg(string channelId)
    {
        foreach (var leg in _legs)
        {
            if (leg.ChannelId == channelId)
            {
                return leg;
            }
        }

        return null;
    }

    private void Do(CallEffect effect) => _effects.Add(effect);

    private void Changed() => Version++;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
