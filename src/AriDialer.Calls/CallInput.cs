using System.Collections.Immutable;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

/// <summary>Something that a call is told. Inputs may repeat, come late, or come in any order between channels.</summary>
internal abstract record CallInput
{
    /// <summary>Routing has answered.</summary>
    internal sealed record RouteDecided(int Attempt, RouteDecision Decision) : CallInput;

    /// <summary>Routing has failed; why stands in the log.</summary>
    internal sealed record RouteFailed(int Attempt) : CallInput;

    /// <summary>A channel that the call made has entered Stasis.</summary>
    internal sealed record LegArrived(string ChannelId) : CallInput;

    /// <summary>A phone rings.</summary>
    internal sealed record LegRinging(string ChannelId) : CallInput;

    /// <summary>The far side sends sound before it answers.</summary>
    internal sealed record LegEarlyMedia(string ChannelId) : CallInput;

    /// <summary>A channel is up.</summary>
    internal sealed record LegAnswered(string ChannelId) : CallInput;

    /// <summary>A phone has put its call on hold by a re-INVITE, or taken it back.</summary>
    internal sealed record LegHeld(string ChannelId, bool On) : CallInput;

    /// <summary>Nothing comes from a phone whose connection was lost. Told again and again as long as that is so.</summary>
    /// <param name="ChannelId">Its channel.</param>
    /// <param name="KeptFor">How long its place in the call is kept.</param>
    internal sealed record LegSilent(string ChannelId, TimeSpan KeptFor) : CallInput;

    /// <summary>Sound comes again from such a phone.</summary>
    internal sealed record LegHeard(string ChannelId) : CallInput;

    /// <summary>The line over which a phone was rung is lost, and the phone is registered over another one.</summary>
    internal sealed record PhoneIsBack(string ChannelId) : CallInput;

    /// <summary>Somebody pressed a key of their phone.</summary>
    internal sealed record DigitReceived(string ChannelId, string Digit) : CallInput;

    /// <summary>A channel is no more.</summary>
    internal sealed record LegGone(string ChannelId, int Cause) : CallInput;

    /// <summary>A channel has left Stasis: mostly because it ends, and then <see cref="LegGone"/> follows with the cause.</summary>
    internal sealed record LegLeftStasis(string ChannelId) : CallInput;

    /// <summary>A person wants something done. Answered by <see cref="CallEffect.Reply"/> with the same ticket.</summary>
    internal sealed record ControlRequested(CallRequester By, CallControl Control, long Ticket) : CallInput;

    /// <summary>A phone asks for a transfer by REFER: to somebody, or (attended) to where its other channel is.</summary>
    internal sealed record ReferReceived(string ChannelId, string To, string? OtherChannelId) : CallInput;

    /// <summary>Another call wants this one's people.</summary>
    /// <param name="ToCallId">The other call.</param>
    /// <param name="ByUserId">Who wants it; takes part in both.</param>
    /// <param name="ReferChannelId">Their channel there, where their phone asked by REFER and leaves both.</param>
    internal sealed record HandOverRequested(string ToCallId, string ByUserId, string? ReferChannelId) : CallInput;

    /// <summary>Another call's people come into this one.</summary>
    internal sealed record LegsJoined(ImmutableArray<HandedLeg> Legs, string ByUserId, string? ReferChannelId) : CallInput;

    /// <summary>The other call does not hand its people over.</summary>
    internal sealed record MergeRefused(string ByUserId, string? ReferChannelId) : CallInput;

    /// <summary>A greeting or an announcement is over; complete where it was played to its end.</summary>
    internal sealed record PlaybackOver(string PlaybackId, bool IsComplete) : CallInput;

    /// <summary>A track has begun.</summary>
    /// <param name="Name">The recording's name.</param>
    /// <param name="At">When, by Asterisk's clock.</param>
    internal sealed record RecordingBegun(string Name, DateTimeOffset At) : CallInput;

    /// <summary>A message or a track is over; null seconds where it failed.</summary>
    internal sealed record RecordingOver(string Name, int? Seconds, DateTimeOffset? At = null) : CallInput;

    /// <summary>A bridge of the call was destroyed.</summary>
    internal sealed record BridgeGone(string BridgeId) : CallInput;

    /// <summary>A request was refused or failed.</summary>
    internal sealed record EffectFailed(CallEffect Effect, EffectFailure Failure) : CallInput;

    /// <summary>What Asterisk has of this call, asked for after a gap or a doubt.</summary>
    /// <param name="Channels">Those that were seen; <see cref="LegState.Gone"/> where they are outside our application.</param>
    /// <param name="AskedAfter">
    /// How many inputs the call had taken (<see cref="Call.Taken"/>) before the question was asked: it says nothing of what came to exist
    /// with a later one, for its answer is that old.
    /// </param>
    internal sealed record Surveyed(ImmutableArray<SeenChannel> Channels, long AskedAfter) : CallInput;

    /// <summary>Channels that Asterisk has not had for a while, though nothing was heard of their end, nor of their beginning perhaps.</summary>
    /// <param name="ChannelIds">Which.</param>
    /// <param name="AskedAfter">As of <see cref="Surveyed"/>.</param>
    internal sealed record LegsMissed(ImmutableArray<string> ChannelIds, long AskedAfter) : CallInput;

    /// <summary>The end was asked for often enough: what is left is no longer waited for.</summary>
    internal sealed record EndOverdue : CallInput;
}

/// <summary>A channel as a survey found it.</summary>
/// <param name="ChannelId">Its id.</param>
/// <param name="State">Its state; <see cref="LegState.Gone"/> where it has left our application.</param>
/// <param name="IsDialled">It was dialled: it stays down until its phone rings, also while it is heard early.</param>
internal sealed record SeenChannel(string ChannelId, LegState State, bool IsDialled = false);

/// <summary>A channel that goes from one call to another.</summary>
internal sealed record HandedLeg(string ChannelId, string Endpoint, string? SipCallId, string? UserId, CallParty Party, bool Muted);

/// <summary>How a request failed.</summary>
internal enum EffectFailure
{
    /// <summary>The channel or bridge is not there any more.</summary>
    Gone,

    /// <summary>It is in a state, or in a place, where this cannot be done, or it was done before.</summary>
    Conflict,

    /// <summary>Asterisk refused or could not be reached.</summary>
    Fault,
}
