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

    /// <summary>The channel whose place or sound it changes; null where it changes none.</summary>
    internal virtual string? Moves => null;

    /// <summary>The bridge whose members or music it changes; null where it changes none.</summary>
    internal virtual string? Changes => null;

    /// <summary>
    /// Whether this may not start before an effect that was asked for earlier is done. Unless an effect knows better, it waits for
    /// those that change the same channel or the same bridge, and those that put channels into a bridge do not wait for each other.
    /// </summary>
    /// <param name="earlier">An effect of the same call that is under way, or waits itself.</param>
    internal virtual bool WaitsFor(CallEffect earlier) =>
        (Moves is not null && Moves == earlier.Moves) || (Changes is not null && Changes == earlier.Changes);

    /// <summary>Ask routing. Answered by <see cref="CallInput.RouteDecided"/>; the queue does not wait for it.</summary>
    internal sealed record AskRoute(RouteRequest Request, int Attempt) : CallEffect;

    /// <summary>Answer a person's request. The queue does not wait.</summary>
    internal sealed record Reply(long Ticket, ControlAnswer What) : CallEffect;

    /// <summary>Write the call's id onto the caller's channel, for the dialplan and for a second visit.</summary>
    internal sealed record NameCaller(string ChannelId, string CallId) : CallEffect
    {
        // A restart takes a caller with a name and without a bridge for one whose call is over, and who has come again.
        internal override bool WaitsFor(CallEffect earlier) => earlier is CreateBridge { Mark: not null };
    }

    /// <summary>Write the call onto its bridge, so that a restart can adopt it.</summary>
    internal sealed record WriteMark(string BridgeId, CallMark Mark) : CallEffect
    {
        internal override bool WaitsFor(CallEffect earlier) => earlier is WriteMark || (earlier is CreateBridge create && create.BridgeId == BridgeId);
    }

    /// <summary>Make a channel. It enters Stasis at once, in state Down.</summary>
    internal sealed record CreateLeg(string ChannelId, string OriginatorId, string CallId, DialTarget Target) : CallEffect
    {
        // The mark must stand before anything is made that a restart would have to find by it.
        internal override bool WaitsFor(CallEffect earlier) => earlier is WriteMark or CreateBridge { Mark: not null } or CreateLeg;
    }

    /// <summary>Ring it.</summary>
    internal sealed record DialLeg(string ChannelId, TimeSpan RingFor) : CallEffect
    {
        // Not for the request that made the channel: it was seen to arrive, mostly before that request is answered.
        internal override bool WaitsFor(CallEffect earlier) => earlier is HangUp hangUp && hangUp.ChannelId == ChannelId;
    }

    /// <summary>Make a bridge of the call; the main one carries its mark from the first moment.</summary>
    internal sealed record CreateBridge(string BridgeId, CallMark? Mark) : CallEffect
    {
        internal override string? Changes => BridgeId;
    }

    /// <summary>Put a channel into a bridge, out of the one that it is in.</summary>
    internal sealed record AddToBridge(string BridgeId, string ChannelId) : CallEffect
    {
        internal override string? Moves => ChannelId;

        internal override string? Changes => BridgeId;

        internal override bool WaitsFor(CallEffect earlier) => earlier is AddToBridge or RemoveFromBridge ? Moves == earlier.Moves : base.WaitsFor(earlier);
    }

    /// <summary>Take a channel out of a bridge: it hears nothing.</summary>
    internal sealed record RemoveFromBridge(string BridgeId, string ChannelId) : CallEffect
    {
        internal override string? Moves => ChannelId;

        internal override string? Changes => BridgeId;

        internal override bool WaitsFor(CallEffect earlier) => earlier is AddToBridge or RemoveFromBridge ? Moves == earlier.Moves : base.WaitsFor(earlier);
    }

    /// <summary>Music for whoever is in a bridge, or silence again.</summary>
    internal sealed record SetMusic(string BridgeId, bool On) : CallEffect
    {
        internal override string? Changes => BridgeId;
    }

    /// <summary>Let an answered channel hear that somebody is being rung, or not any more.</summary>
    internal sealed record SetRingingTone(string ChannelId, bool On) : CallEffect
    {
        internal override string? Moves => ChannelId;
    }

    /// <summary>Let nothing that a channel says be heard, or all of it again.</summary>
    internal sealed record SetMute(string ChannelId, bool On) : CallEffect
    {
        internal override bool WaitsFor(CallEffect earlier) => earlier is SetMute mute && mute.ChannelId == ChannelId;
    }

    /// <summary>Send digits to a channel's far side, by RFC 4733.</summary>
    internal sealed record SendDigits(string ChannelId, string Digits) : CallEffect
    {
        internal override bool WaitsFor(CallEffect earlier) => earlier is SendDigits send && send.ChannelId == ChannelId;
    }

    /// <summary>Tell the caller's phone that it rings (SIP 180).</summary>
    internal sealed record IndicateRinging(string ChannelId) : CallEffect
    {
        // After an answer it would be heard as a tone in the call.
        internal override bool WaitsFor(CallEffect earlier) => earlier is IndicateRinging or IndicateProgress or Answer;
    }

    /// <summary>Let the caller hear the far side before it answers (SIP 183).</summary>
    internal sealed record IndicateProgress(string ChannelId) : CallEffect
    {
        internal override bool WaitsFor(CallEffect earlier) => earlier is IndicateRinging or AddToBridge;
    }

    /// <summary>Answer the caller's channel.</summary>
    internal sealed record Answer(string ChannelId) : CallEffect
    {
        // Nobody is told that somebody answered before they hear them.
        internal override bool WaitsFor(CallEffect earlier) => earlier is IndicateRinging or IndicateProgress or AddToBridge;
    }

    /// <summary>Play media to a channel, one after the other. Answered by <see cref="CallInput.PlaybackOver"/>.</summary>
    internal sealed record Play(string ChannelId, string PlaybackId, ImmutableArray<string> Media) : CallEffect
    {
        internal override bool WaitsFor(CallEffect earlier) => earlier is Answer;
    }

    /// <summary>Record what a channel says. Answered by <see cref="CallInput.RecordingOver"/>.</summary>
    internal sealed record RecordMessage(string ChannelId, string Name, TimeSpan Longest) : CallEffect
    {
        internal override bool WaitsFor(CallEffect earlier) => earlier is Answer or Play;
    }

    /// <summary>Play media to everybody in a bridge, one after the other. Answered by <see cref="CallInput.PlaybackOver"/>.</summary>
    internal sealed record Announce(string BridgeId, string PlaybackId, ImmutableArray<string> Media) : CallEffect
    {
        internal override bool WaitsFor(CallEffect earlier) => earlier is Answer or CreateBridge or AddToBridge;
    }

    /// <summary>Make a channel that hears what another one says. It enters Stasis by itself, and ends with the other one.</summary>
    internal sealed record Snoop(string SnoopId, string ChannelId) : CallEffect;

    /// <summary>Record what a snoop channel hears, under its own name. Answered by <see cref="CallInput.RecordingBegun"/>, then <see cref="CallInput.RecordingOver"/>.</summary>
    internal sealed record RecordTrack(string SnoopId) : CallEffect
    {
        internal override bool WaitsFor(CallEffect earlier) => earlier is HangUp hangUp && hangUp.ChannelId == SnoopId;
    }

    /// <summary>End a channel.</summary>
    internal sealed record HangUp(string ChannelId, int Cause) : CallEffect
    {
        // What is still being made can't be hung up yet, and a phone is told what became of its REFER. While people go to another call,
        // this one's mark must go on to say who they are. Nothing else holds up an end.
        internal override bool WaitsFor(CallEffect earlier) => earlier switch
        {
            CreateLeg create => create.ChannelId == ChannelId,
            Snoop snoop => snoop.SnoopId == ChannelId,
            ReportTransfer report => report.ChannelId == ChannelId,
            HandOver => true,
            _ => false,
        };

        internal override bool IsCleanUp => true;
    }

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
        // Where they were put last must be known before somebody else puts them anywhere.
        internal override bool WaitsFor(CallEffect earlier) => earlier is AddToBridge or RemoveFromBridge;

        internal override bool IsCleanUp => true;
    }

    /// <summary>Tell another call that it does not get this one's people.</summary>
    internal sealed record RefuseHandOver(string ToCallId, string ByUserId, string? ReferChannelId) : CallEffect
    {
        internal override bool IsCleanUp => true;
    }

    /// <summary>Give a channel back to the dialplan.</summary>
    internal sealed record ContinueInDialplan(string ChannelId, DialplanPlace? Place, ImmutableDictionary<string, string> Variables) : CallEffect
    {
        // The dialplan may ring the same phones next.
        internal override bool WaitsFor(CallEffect earlier) => true;

        internal override bool IsCleanUp => true;
    }

    /// <summary>Remove a bridge of the call.</summary>
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
