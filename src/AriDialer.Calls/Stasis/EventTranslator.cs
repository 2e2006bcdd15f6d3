using AriDialer.Ari.Events;

namespace AriDialer.Calls.Stasis;

/// <summary>What an event of Asterisk means to a call. What means nothing is left out.</summary>
internal static class EventTranslator
{
    /// <summary>The types that this class and the link understand; everything else is filtered out in Asterisk.</summary>
    internal static readonly string[] Needed =
    [
        nameof(StasisStart), nameof(StasisEnd), nameof(ChannelStateChange), nameof(Ari.Events.Dial), nameof(ChannelDestroyed), nameof(BridgeDestroyed),
        nameof(ChannelHold), nameof(ChannelUnhold), nameof(ChannelDtmfReceived), nameof(ChannelTransfer),
        nameof(PlaybackFinished), nameof(RecordingStarted), nameof(RecordingFinished), nameof(RecordingFailed),
    ];

    /// <param name="e">The event.</param>
    /// <returns>The id of the channel or bridge that it is about, and the input; null where a call need not know.</returns>
    internal static (string Id, CallInput Input)? Translate(AriEvent e) => e switch
    {
        StasisStart { Channel: { } c } => (c.Id, new CallInput.LegArrived(c.Id)),

        // Ringing and answering come twice, as a state and as a dial status. Either may be missing (a channel that answers without
        // ringing; an adopted one that is no longer being dialled), and a call takes a repetition for nothing.
        ChannelStateChange { Channel: { } c } => FromState(c.Id, c.State),
        Ari.Events.Dial { Peer: { } peer } dial => FromDialStatus(peer.Id, dial.Dialstatus),
        ChannelDestroyed { Channel: { } c } gone => (c.Id, new CallInput.LegGone(c.Id, gone.Cause)),
        StasisEnd { Channel: { } c } => (c.Id, new CallInput.LegLeftStasis(c.Id)),
        BridgeDestroyed { Bridge: { } b } => (b.Id, new CallInput.BridgeGone(b.Id)),
        ChannelHold { Channel: { } c } => (c.Id, new CallInput.LegHeld(c.Id, On: true)),
        ChannelUnhold { Channel: { } c } => (c.Id, new CallInput.LegHeld(c.Id, On: false)),
        ChannelDtmfReceived { Channel: { } c } pressed => (c.Id, new CallInput.DigitReceived(c.Id, pressed.Digit)),

        // What we report of a transfer comes back as such an event too, with a state: no request.
        ChannelTransfer { State: null or "", ReferredBy.SourceChannel: { } c, ReferTo: { } to } => (c.Id, new CallInput.ReferReceived(
            c.Id, to.RequestedDestination.Destination ?? "", to.DestinationChannel?.Id)),
        PlaybackFinished { Playback: { } playback } => (playback.Id, new CallInput.PlaybackOver(playback.Id, playback.State == "done")),
        RecordingStarted { Recording: { } recording } started => (recording.Name, new CallInput.RecordingBegun(recording.Name, started.Timestamp)),
        RecordingFinished { Recording: { } recording } finished => (recording.Name, new CallInput.RecordingOver(
            recording.Name, recording.Duration ?? 0, finished.Timestamp)),
        RecordingFailed { Recording: { } recording } => (recording.Name, new CallInput.RecordingOver(recording.Name, Seconds: null)),
        _ => null,
    };

    private static (string, CallInput)? FromState(string id, string state) => state switch
    {
        "Ringing" => (id, new CallInput.LegRinging(id)),
        "Up" => (id, new CallInput.LegAnswered(id)),
        _ => null,
    };

    private static (string, CallInput)? FromDialStatus(string id, string status) => status switch
    {
        "RINGING" => (id, new CallInput.LegRinging(id)),
        "PROGRESS" => (id, new CallInput.LegEarlyMedia(id)),
        "ANSWER" => (id, new CallInput.LegAnswered(id)),
        _ => null,
    };
}
