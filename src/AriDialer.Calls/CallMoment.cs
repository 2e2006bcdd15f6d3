namespace AriDialer.Calls;

/// <summary>A line of a call's timeline: what happened, when, by whom.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">One of <see cref="MomentKinds"/>.</param>
/// <param name="ByUserId">The person of ours who did it; null where nobody of ours did.</param>
/// <param name="Who">The other side that it is about; null where there is none.</param>
/// <param name="Detail">What exactly, such as the digits or the reason; null where there is nothing to add.</param>
public sealed record CallMoment(DateTimeOffset At, string Kind, string? ByUserId, CallParty? Who, string? Detail);

/// <summary>The short slugs for what happens in a call.</summary>
public static class MomentKinds
{
    /// <summary>The call began.</summary>
    public const string Started = "started";

    /// <summary>The first phone rang.</summary>
    public const string Ringing = "ringing";

    /// <summary>Somebody answered.</summary>
    public const string Answered = "answered";

    /// <summary>A person put the others on hold.</summary>
    public const string Held = "held";

    /// <summary>And came back.</summary>
    public const string Resumed = "resumed";

    /// <summary>A phone put the call on hold by itself (a re-INVITE).</summary>
    public const string PhoneHeld = "phone-held";

    /// <summary>And came back.</summary>
    public const string PhoneResumed = "phone-resumed";

    /// <summary>Somebody was muted.</summary>
    public const string Muted = "muted";

    /// <summary>And is heard again.</summary>
    public const string Unmuted = "unmuted";

    /// <summary>Digits were sent; the detail has them, or as many dots where they were to be hidden.</summary>
    public const string Digits = "digits";

    /// <summary>A transfer began.</summary>
    public const string TransferStarted = "transfer-started";

    /// <summary>The call was transferred.</summary>
    public const string Transferred = "transferred";

    /// <summary>A transfer failed; the detail has the reason.</summary>
    public const string TransferFailed = "transfer-failed";

    /// <summary>A transfer was given up.</summary>
    public const string TransferCancelled = "transfer-cancelled";

    /// <summary>Somebody is being asked before a transfer.</summary>
    public const string Asked = "asked";

    /// <summary>Who is asked has answered.</summary>
    public const string AskAnswered = "ask-answered";

    /// <summary>The consultation is over without a transfer; the detail has the reason.</summary>
    public const string AskEnded = "ask-ended";

    /// <summary>Who asks changed sides.</summary>
    public const string Swapped = "swapped";

    /// <summary>Somebody is being rung to join.</summary>
    public const string Added = "added";

    /// <summary>Somebody could not be added; the detail has the reason.</summary>
    public const string AddFailed = "add-failed";

    /// <summary>Somebody joined.</summary>
    public const string Joined = "joined";

    /// <summary>Somebody left, and the others talk on.</summary>
    public const string Left = "left";

    /// <summary>Somebody was removed.</summary>
    public const string Removed = "removed";

    /// <summary>Another call's people came in, or this call's people went into another.</summary>
    public const string Merged = "merged";

    /// <summary>The call goes on to somebody else.</summary>
    public const string Forwarded = "forwarded";

    /// <summary>The caller was given to a mailbox.</summary>
    public const string Voicemail = "voicemail";

    /// <summary>A transfer failed after its person had left: they are rung again.</summary>
    public const string Recalled = "recalled";

    /// <summary>The call went to a place of the dialplan.</summary>
    public const string HandedBack = "handed-back";

    /// <summary>The connection to a person's phone was lost.</summary>
    public const string ConnectionLost = "connection-lost";

    /// <summary>And is back.</summary>
    public const string Reconnected = "reconnected";

    /// <summary>The people in the call were told that it is recorded.</summary>
    public const string RecordingAnnounced = "recording-announced";

    /// <summary>Recording began.</summary>
    public const string RecordingStarted = "recording-started";

    /// <summary>Recording was paused.</summary>
    public const string RecordingPaused = "recording-paused";

    /// <summary>And went on.</summary>
    public const string RecordingResumed = "recording-resumed";

    /// <summary>Recording ended before the call.</summary>
    public const string RecordingStopped = "recording-stopped";

    /// <summary>Something could not be recorded; the detail is one of <see cref="RecordingFailures"/>.</summary>
    public const string RecordingFailed = "recording-failed";

    /// <summary>The call ended.</summary>
    public const string Ended = "ended";
}

/// <summary>The short slugs for what people in a call are told.</summary>
public static class NoticeKinds
{
    /// <summary>A transfer failed; they are connected again.</summary>
    public const string TransferFailed = "transfer-failed";

    /// <summary>Who was asked could not be reached; they are back.</summary>
    public const string AskFailed = "ask-failed";

    /// <summary>Who was asked has hung up.</summary>
    public const string AskedLeft = "asked-left";

    /// <summary>The others hung up during the consultation.</summary>
    public const string OthersLeft = "others-left";

    /// <summary>Somebody could not be added.</summary>
    public const string AddFailed = "add-failed";

    /// <summary>Something could not be recorded; the reason is one of <see cref="RecordingFailures"/>.</summary>
    public const string RecordingFailed = "recording-failed";

    /// <summary>Calls could not be merged: the other one has just ended.</summary>
    public const string MergeFailed = "merge-failed";
}

/// <summary>The short slugs for why something could not be recorded.</summary>
public static class RecordingFailures
{
    /// <summary>The announcement could not be played to its end, and who was not told is not recorded.</summary>
    public const string NotAnnounced = "not-announced";

    /// <summary>Asterisk could not record, or recorded no further: its disk may be full.</summary>
    public const string Broken = "broken";
}
