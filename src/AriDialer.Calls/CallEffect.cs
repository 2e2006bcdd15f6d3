using System.Collections.Immutable;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

/// <summary>
/// Something that a call wants done. An effect starts at once unless it waits for one that was asked for before it and is not
/// done yet: a request is an answer to an event, and must not stand behind one that has nothing to do with it.
/// </summary>
internal abstract record CallEffect
{
    /// <summary>True for what must be done even when the call is ending; everything else is then pointless and left out.</summary>
    internal virtual bool IsCleanUp => false;

    /// <summary>
    /// Whether this may not start before an effect that was asked for earlier is done. Unless an effect knows better it waits for
    /// all but those that change nothing about where the call's channels are and what they hear.
    /// </summary>
    /// <param name="earlier">An effect of the same call that is under way, or waits itself.</param>
    internal virtual bool WaitsFor(CallEffect earlier) => earlier is not (MarkCaller or CreateLeg or DialLeg or HangUp);

    /// <summary>Ask routing. Answered by <see cref="CallInput.RouteDecided"/>; the queue does not wait for it.</summary>
    internal sealed record AskRoute(RouteRequest Request) : CallEffect;

    /// <summary>Write the call onto the caller's channel, so that a restart can adopt it.</summary>
    internal sealed record MarkCaller(string ChannelId, CallMark Mark) : CallEffect
    {
        internal override bool WaitsFor(CallEffect earlier) => earlier is MarkCaller;
    }

    /// <summary>Make a channel. It enters Stasis at once, in state Down.</summary>
    internal sealed record CreateLeg(string ChannelId, string OriginatorId, string CallId, DialTarget Target) : CallEffect
    {
        // The mark must stand before anything is made that a restart would have to find by it.
        internal override bool WaitsFor(CallEffect earlier) => earlier is MarkCaller or CreateLeg;
    }

    /// <summary>Ring it.</summary>
    internal sealed record DialLeg(string ChannelId, TimeSpan RingFor) : CallEffect
    {
        // Not for the request that made the channel: it was seen to arrive, mostly before that request is answered.
        internal override bool WaitsFor(CallEffect earlier) => earlier is HangUp hangUp && hangUp.ChannelId == ChannelId;
    }

    /// <summary>Make the call's bridge.</summary>
    internal sealed record CreateBridge(string BridgeId) : CallEffect;

    /// <summary>Put a channel into it.</summary>
    internal sealed record AddToBridge(string BridgeId, string ChannelId) : CallEffect
    {
        // Not for other channels that are put into the bridge, nor for what the caller is told meanwhile.
        internal override bool WaitsFor(CallEffect earlier) =>
            earlier is AddToBridge other
                ? other.ChannelId == ChannelId
                : base.WaitsFor(earlier) && earlier is not (IndicateRinging or IndicateProgress);
    }

    /// <summary>Tell the caller's phone that it rings (SIP 180).</summary>
    internal sealed record IndicateRinging(string ChannelId) : CallEffect
    {
        // After an answer it would be heard as a tone in the call.
        internal override bool WaitsFor(CallEffect earlier) => earlier is IndicateRinging or IndicateProgress or Answer;
    }

    /// <summary>Let the caller hear the far side before it answers (SIP 183).</summary>
    internal sealed record IndicateProgress(string ChannelId) : CallEffect;

    /// <summary>Answer the caller's channel.</summary>
    internal sealed record Answer(string ChannelId) : CallEffect;

    /// <summary>End a channel.</summary>
    internal sealed record HangUp(string ChannelId, int Cause) : CallEffect
    {
        // What is still being made can't be hung up yet; nothing else holds up an end.
        internal override bool WaitsFor(CallEffect earlier) => earlier is CreateLeg create && create.ChannelId == ChannelId;

        internal override bool IsCleanUp => true;
    }

    /// <summary>Give the caller's channel back to the dialplan.</summary>
    internal sealed record ContinueInDialplan(string ChannelId, DialplanPlace? Place, ImmutableDictionary<string, string> Variables) : CallEffect
    {
        // The dialplan may ring the same phones next, and no mark may come after the one that this takes away.
        internal override bool WaitsFor(CallEffect earlier) => true;

        internal override bool IsCleanUp => true;
    }

    /// <summary>Remove the call's bridge.</summary>
    internal sealed record DestroyBridge(string BridgeId) : CallEffect
    {
        // The last that is done in a call: nothing may be put into the bridge, or make it, after this.
        internal override bool WaitsFor(CallEffect earlier) => true;

        internal override bool IsCleanUp => true;
    }

    /// <summary>Ask Asterisk, after a while, what is left of the call. Answered by <see cref="CallInput.Surveyed"/>; the queue does not wait.</summary>
    internal sealed record SurveyLater(TimeSpan After) : CallEffect
    {
        internal override bool IsCleanUp => true;
    }
}
