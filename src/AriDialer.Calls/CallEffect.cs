using System.Collections.Immutable;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

/// <summary>Something that a call wants done. Effects of one call are carried out one after the other, in order.</summary>
internal abstract record CallEffect
{
    /// <summary>True for what must be done even when the call is ending; everything else is then pointless and left out.</summary>
    internal virtual bool IsCleanUp => false;

    /// <summary>Ask routing. Answered by <see cref="CallInput.RouteDecided"/>; the queue does not wait for it.</summary>
    internal sealed record AskRoute(RouteRequest Request) : CallEffect;

    /// <summary>Answer a person's request. The queue does not wait.</summary>
    internal sealed record Reply(long Ticket, ControlAnswer What) : CallEffect;

    /// <summary>Write the call onto the caller's channel, so that a restart can adopt it.</summary>
    internal sealed record MarkCaller(string ChannelId, CallMark Mark) : CallEffect;

    /// <summary>Make a channel. It enters Stasis at once, in state Down.</summary>
    internal sealed record CreateLeg(string ChannelId, string OriginatorId, string CallId, DialTarget Target) : CallEffect;

    /// <summary>Ring it.</summary>
    internal sealed record DialLeg(string ChannelId, TimeSpan RingFor) : CallEffect;

    /// <summary>Make the call's bridge.</summary>
    internal sealed record CreateBridge(string BridgeId) : CallEffect;

    /// <summary>Put a channel into it.</summary>
    internal sealed record AddToBridge(string BridgeId, string ChannelId) : CallEffect;

    /// <summary>Tell the caller's phone that it rings (SIP 180).</summary>
    internal sealed record IndicateRinging(string ChannelId) : CallEffect;

    /// <summary>Let the caller hear the far side before it answers (SIP 183).</summary>
    internal sealed record IndicateProgress(string ChannelId) : CallEffect;

    /// <summary>Answer the caller's channel.</summary>
    internal sealed record Answer(string ChannelId) : CallEffect;

    /// <summary>End a channel.</summary>
    internal sealed record HangUp(string ChannelId, int Cause) : CallEffect
    {
        internal override bool IsCleanUp => true;
    }

    /// <summary>Give the caller's channel back to the dialplan.</summary>
    internal sealed record ContinueInDialplan(string ChannelId, DialplanPlace? Place, ImmutableDictionary<string, string> Variables) : CallEffect
    {
        internal override bool IsCleanUp => true;
    }

    /// <summary>Remove the call's bridge.</summary>
    internal sealed record DestroyBridge(string BridgeId) : CallEffect
    {
        internal override bool IsCleanUp => true;
    }

    /// <summary>Ask Asterisk, after a while, what is left of the call. Answered by <see cref="CallInput.Surveyed"/>; the queue does not wait.</summary>
    internal sealed record SurveyLater(TimeSpan After) : CallEffect
    {
        internal override bool IsCleanUp => true;
    }
}
