namespace AriDialer.Web.Features.Live;

/// <summary>Why a call ended, for people.</summary>
internal static class EndSentences
{
    public static string For(string reason) => reason switch
    {
        EndReasons.Completed => "The call is over.",
        EndReasons.Cancelled => "The caller hung up before anybody answered.",
        EndReasons.Busy => "The line is busy.",
        EndReasons.NoAnswer => "Nobody answered.",
        EndReasons.Rejected => "The call was rejected.",
        EndReasons.InvalidNumber => "There is no such number.",
        EndReasons.Unavailable => "No phone of this person is connected.",
        EndReasons.NotAllowed => "This call is not allowed.",
        EndReasons.Failed => "The call could not be connected: the line or the network failed.",
        EndReasons.HandedBack => "The call was given back to the dialplan.",
        EndReasons.ConnectionLost => "The connection to a phone was lost and did not come back in time.",
        EndReasons.Lost => "The call ended while AriDialer was away.",
        EndReasons.Voicemail => "The caller was sent to voicemail and left a message.",
        EndReasons.MailboxFull => "The caller was sent to voicemail, which could take no more messages.",
        EndReasons.Merged => "The call was merged into another one.",
        EndReasons.Transferred => "The call was transferred.",
        EndReasons.TransferFailed => "The transfer failed and nobody took the call back.",
        _ => "The call ended.",
    };

    /// <summary>The reason as the end of a longer sentence, such as "The transfer failed: the line is busy."</summary>
    public static string ClauseFor(string reason) => reason switch
    {
        EndReasons.Completed => "they hung up",
        EndReasons.Cancelled => "it was cancelled",
        EndReasons.Busy => "the line is busy",
        EndReasons.NoAnswer => "nobody answered",
        EndReasons.Rejected => "the call was rejected",
        EndReasons.InvalidNumber => "there is no such number",
        EndReasons.Unavailable => "no phone of this person is connected",
        EndReasons.NotAllowed => "this call is not allowed",
        EndReasons.Failed => "the line or the network failed",
        _ => "it did not work",
    };

    /// <summary>The reason in two words, for a table.</summary>
    public static string ShortFor(string reason) => reason switch
    {
        EndReasons.Completed => "Completed",
        EndReasons.Cancelled => "Cancelled",
        EndReasons.Busy => "Busy",
        EndReasons.NoAnswer => "No answer",
        EndReasons.Rejected => "Rejected",
        EndReasons.InvalidNumber => "No such number",
        EndReasons.Unavailable => "Unavailable",
        EndReasons.NotAllowed => "Not allowed",
        EndReasons.Failed => "Failed",
        EndReasons.HandedBack => "Handed back",
        EndReasons.ConnectionLost => "Connection lost",
        EndReasons.Lost => "Lost",
        EndReasons.Voicemail => "Voicemail",
        EndReasons.MailboxFull => "Voicemail full",
        EndReasons.Merged => "Merged",
        EndReasons.Transferred => "Transferred",
        EndReasons.TransferFailed => "Transfer failed",
        _ => reason,
    };
}
