using AriDialer.Web.Data;
using AriDialer.Web.Features.Live;

namespace AriDialer.Web.Features.History;

/// <summary>A line of a call's timeline in words.</summary>
/// <param name="nameOf">What somebody is called: by person, number and name, of which any may be unknown.</param>
internal sealed class TimelineText(Func<string?, string?, string?, string?> nameOf)
{
    public string Of(CallEvent line)
    {
        var by = nameOf(line.ByUserId, null, null);
        var who = nameOf(line.WhoUserId, line.WhoNumber, line.WhoName);
        var other = who ?? "somebody";
        var actor = by ?? "The system";

        // Who did something may be told as either: it is theirs where nobody of ours did it.
        var one = by ?? who ?? "Somebody";
        return line.Kind switch
        {
            MomentKinds.Started => by is null ? "The call began." : who is null ? $"{by} called." : $"{by} called {who}.",
            MomentKinds.Ringing => who is null ? "A phone rang." : $"The phone of {who} rang.",
            MomentKinds.Answered => $"{one} answered.",
            MomentKinds.Held => $"{one} put the others on hold.",
            MomentKinds.Resumed => $"{one} came back to the others.",
            MomentKinds.PhoneHeld => $"The phone of {one} put the call on hold.",
            MomentKinds.PhoneResumed => $"The phone of {one} took the call from hold.",
            MomentKinds.Muted => IsOther(line) ? $"{actor} muted {other}." : $"{one} muted themselves.",
            MomentKinds.Unmuted => IsOther(line) ? $"{actor} let {other} be heard again." : $"{one} could be heard again.",
            MomentKinds.Digits => $"{one} sent {line.Detail ?? "digits"}.",
            MomentKinds.TransferStarted => $"{one} began to transfer the call to {other}.",
            MomentKinds.Transferred => by is null ? $"The call was transferred to {other}." : $"{by} transferred the call to {other}.",
            MomentKinds.TransferFailed => $"The transfer to {other} failed{Why(line)}.",
            MomentKinds.TransferCancelled => $"{one} gave up the transfer{(by is null || who is null ? "" : $" to {who}")}.",
            MomentKinds.Asked => $"{actor} rang {other} to ask first.",
            MomentKinds.AskAnswered => $"{who ?? one} answered and was asked.",
            MomentKinds.AskEnded => $"Asking {other} came to its end{Why(line)}.",
            MomentKinds.Swapped => $"{one} changed sides.",
            MomentKinds.Added => $"{actor} rang {other} to join.",
            MomentKinds.AddFailed => $"{who ?? "Somebody"} could not be added{Why(line)}.",
            MomentKinds.Joined => $"{who ?? one} joined.",
            MomentKinds.Left => $"{who ?? one} left.",
            MomentKinds.Removed => $"{actor} removed {other}.",
            MomentKinds.Merged => who is null ? $"{actor} merged this call into another one." : $"{actor} brought {who} in from another call.",
            MomentKinds.Forwarded => $"The call went on to {other}{Why(line)}.",
            MomentKinds.Voicemail => (who ?? by) is { } owner ? $"The caller was given to the voicemail of {owner}." : "The caller was given to voicemail.",
            MomentKinds.Recalled => $"The phones of {who ?? one} rang again.",
            MomentKinds.HandedBack => line.Detail is null ? "The call went back to the dialplan." : $"The call went to {line.Detail} in the dialplan.",
            MomentKinds.ConnectionLost => $"The connection to {one} was lost; the others heard music.",
            MomentKinds.Reconnected => $"{one} was back.",
            MomentKinds.RecordingAnnounced => "The people in the call were told that it is recorded.",
            MomentKinds.RecordingStarted => by is null ? "Recording began, as the rules say." : $"{by} began to record.",
            MomentKinds.RecordingPaused => $"{actor} paused the recording.",
            MomentKinds.RecordingResumed => $"{actor} went on recording.",
            MomentKinds.RecordingStopped => $"{actor} stopped recording.",
            MomentKinds.RecordingFailed => NoticeSentences.ForRecording(line.Detail),
            MomentKinds.Ended => $"{(by is null ? "" : $"{by} ended the call. ")}{EndSentences.For(line.Detail ?? "")}",
            _ => line.Kind,
        };
    }

    private static bool IsOther(CallEvent line) =>
        (line.WhoUserId ?? line.WhoNumber ?? line.WhoName) is not null && (line.WhoUserId is null || line.WhoUserId != line.ByUserId);

    private static string Why(CallEvent line) => line.Detail is null ? "" : $": {EndSentences.ClauseFor(line.Detail)}";
}
