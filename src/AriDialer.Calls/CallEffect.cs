using System.Collections.Immutable;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

/// <summary>Something that a call wants done. Effects of one call are carried out one after the other, in order.</summary>
internal abstract record CallEffect
{
    /// <summary>True for what must be done even when the call is ending; everything else is then pointless and left out.</summary>
    internal virtual bool IsCleanUp => false;

    /// <summary>Ask routing. Answered by <see cref="CallInput.RouteDecided"/>; the queue does not wait for it.</summary>
    internal sealed record AskRoute(RouteRequest Request, int Attempt) : CallEffect;

    /// <summary>Answer a person's request. The queue does not wait.</summary>
    internal sealed record Reply(long Ticket, ControlAnswer What) : CallEffect;

    /// <summary>Write the call's id onto the caller's channel, for the dialplan and for a second visit.</summary>
    internal sealed record NameCaller(string ChannelId, string CallId) : CallEffect;

    /// <summary>Write the call onto its bridge, so that a restart can adopt it.</summary>
    internal sealed record WriteMark(string BridgeId, CallMark Mark) : CallEffect;

    /// <summary>Make a channel. It enters Stasis at once, in state Down.</summary>
    internal sealed record CreateLeg(string ChannelId, string OriginatorId, string CallId, DialTarget Target) : CallEffect;

    /// <summary>Ring it.</summary>
    internal sealed record DialLeg(string ChannelId, TimeSpan RingFor) : CallEffect;

    /// <summary>Make a bridge of the call; the main one carries its mark from the first moment.</summary>
    internal sealed record CreateBridge(string BridgeId, CallMark? Mark) : CallEffect;

    /// <summary>Put a channel into a bridge, out of the one that it is in.</summary>
    internal sealed record AddToBridge(string BridgeId, string ChannelId) : CallEffect;

    /// <summary>Take a channel out of a bridge: it hears nothing.</summary>
    internal sealed record RemoveFromBridge(string BridgeId, string ChannelId) : CallEffect;

    /// <summary>Music for whoever is in a bridge, or silence again.</summary>
    internal sealed record SetMusic(string BridgeId, bool On) : CallEffect;

    /// <summary>Let an answered channel hear that somebody is being rung, or not any more.</summary>
    internal sealed record SetRingingTone(string ChannelId, bool On) : CallEffect;

    /// <summary>Let nothing that a channel says be heard, or all of it again.</summary>
    internal sealed record SetMute(string ChannelId, bool On) : CallEffect;

    /// <summary>Send digits to a channel's far side, by RFC 4733.</summary>
    internal sealed record SendDigits(string ChannelId, string Digits) : CallEffect;

    /// <summary>Play media to a channel, one after the other. Answered by <see cref="CallInput.PlaybackOver"/>.</summary>
    internal sealed record Play(string ChannelId, string PlaybackId, ImmutableArray<string> Media) : CallEffect;

    /// <summary>Record what a channel says. Answered by <see cref="CallInput.RecordingOver"/>.</summary>
    internal sealed record RecordMessage(string ChannelId, string Name, TimeSpan Longest) : CallEffect;

    /// <summary>Tell a phone what became of its REFER.</summary>
    internal sealed record ReportTransfer(string ChannelId, string State) : CallEffect
    {
        internal override bool IsCleanUp => true;
    }

    /// <summary>Ask another call for its people. <paramref name="Other"/> is its id, or one of its channels.</summary>
    internal sealed record AskForHandOver(string Other, string ToCallId, string ByUserId, string? ReferChannelId) : CallEffect;

    /// <summary>Give channels to another call.</summary>
    internal sealed record HandOver(string ToCallId, string ByUserId, string? ReferChannelId, ImmutableArray<HandedLeg> Legs) : CallEffect
    {
        internal override bool IsCleanUp => true;
    }

    /// <summary>Tell another call that it does not get this one's people.</summary>
    internal sealed record RefuseHandOver(string ToCallId, string ByUserId, string? ReferChannelId) : CallEffect
    {
        internal override bool IsCleanUp => true;
    }

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

    /// <summary>Give a channel back to the dialplan.</summary>
    internal sealed record ContinueInDialplan(string ChannelId, DialplanPlace? Place, ImmutableDictionary<string, string> Variables) : CallEffect
    {
        internal override bool IsCleanUp => true;
    }

    /// <summary>Remove a bridge of the call.</summary>
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
