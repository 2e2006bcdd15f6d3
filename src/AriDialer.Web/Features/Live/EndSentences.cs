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
        EndReasons.Lost => "The call ended while AriDialer was away.",
        _ => "The call ended.",
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
        EndReasons.Lost => "Lost",
        _ => reason,
    };
}
