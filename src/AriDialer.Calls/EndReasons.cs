namespace AriDialer.Calls;

/// <summary>The short slugs for why a call ended, and how they follow from a Q.850 cause.</summary>
public static class EndReasons
{
    /// <summary>Hung up after both sides had talked.</summary>
    public const string Completed = "completed";

    /// <summary>The caller hung up before anybody answered.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The called side is busy (17).</summary>
    public const string Busy = "busy";

    /// <summary>Nobody answered in time (18, 19).</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>The called side said no (21).</summary>
    public const string Rejected = "rejected";

    /// <summary>There is no such number (1, 2, 3, 22, 28).</summary>
    public const string InvalidNumber = "invalid-number";

    /// <summary>The person has no phone registered (20).</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The rules do not allow this call.</summary>
    public const string NotAllowed = "not-allowed";

    /// <summary>The trunk, the network or Asterisk failed (34, 38, 41, 42, 44, ...).</summary>
    public const string Failed = "failed";

    /// <summary>AriDialer gave the call back to the dialplan.</summary>
    public const string HandedBack = "handed-back";

    /// <summary>The caller was given to a mailbox and left a message.</summary>
    public const string Voicemail = "voicemail";

    /// <summary>The caller was given to a mailbox that takes no more messages.</summary>
    public const string MailboxFull = "mailbox-full";

    /// <summary>Its people went into another call.</summary>
    public const string Merged = "merged";

    /// <summary>It was transferred to a place of the dialplan.</summary>
    public const string Transferred = "transferred";

    /// <summary>A transfer failed, and its person did not take the call back.</summary>
    public const string TransferFailed = "transfer-failed";

    /// <summary>The connection to a person's phone was lost (27), and they did not come back in time.</summary>
    public const string ConnectionLost = "connection-lost";

    /// <summary>The call was gone when AriDialer came back after an interruption.</summary>
    public const string Lost = "lost";

    /// <summary>The reason for a leg that ended before it was answered, by its Q.850 cause.</summary>
    public static string ForUnanswered(int cause) => cause switch
    {
        17 => Busy,
        18 or 19 or 102 => NoAnswer,
        20 => Unavailable,
        21 => Rejected,
        1 or 2 or 3 or 22 or 28 => InvalidNumber,
        _ => Failed,
    };

    /// <summary>The Q.850 cause to give the caller for a reason, where no leg gave one.</summary>
    public static int CauseOf(string reason) => reason switch
    {
        Busy => 17,
        NoAnswer => 19,
        Rejected or NotAllowed => 21,
        InvalidNumber => 28,
        Unavailable => 20,
        ConnectionLost => 27,
        Failed => 38,
        _ => 16,
    };
}
