namespace AriDialer.Web.Features.Live;

/// <summary>What people in a call are told, in words.</summary>
internal static class NoticeSentences
{
    /// <param name="kind">One of <see cref="NoticeKinds"/>.</param>
    /// <param name="reason">One of <see cref="EndReasons"/>; null where there is none.</param>
    /// <param name="who">Whom it is about, by name or number; null where neither is known.</param>
    public static string For(string kind, string? reason, string? who)
    {
        var why = reason is null ? "." : $": {EndSentences.ClauseFor(reason)}.";
        return kind switch
        {
            NoticeKinds.TransferFailed => $"The transfer{To(who)} failed{why} The call is back.",
            NoticeKinds.AskFailed => $"{who ?? "They"} could not be asked{why} You are back with the others.",
            NoticeKinds.AskedLeft => $"{who ?? "Whom you asked"} hung up. You are back with the others.",
            NoticeKinds.OthersLeft => $"{who ?? "The other side"} hung up while you asked. You talk to whom you asked.",
            NoticeKinds.AddFailed => $"{who ?? "They"} could not be added{why}",
            NoticeKinds.RecordingFailed => ForRecording(reason),
            NoticeKinds.MergeFailed => "The calls could not be merged: the other one has just ended.",
            _ => $"Something changed in this call{why}",
        };
    }

    /// <param name="failure">One of <see cref="RecordingFailures"/>.</param>
    public static string ForRecording(string? failure) => failure == RecordingFailures.NotAnnounced
        ? "The announcement could not be played to its end, so nothing is recorded."
        : "Recording failed: the telephone system cannot record right now. The call goes on; tell your administrator.";

    public static NoticeTone ToneOf(string kind) =>
        kind is NoticeKinds.AskedLeft or NoticeKinds.OthersLeft ? NoticeTone.Plain : NoticeTone.Bad;

    private static string To(string? who) => who is null ? "" : $" to {who}";
}
