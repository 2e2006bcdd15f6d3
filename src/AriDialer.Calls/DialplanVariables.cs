namespace AriDialer.Calls;

/// <summary>The channel and global variables that AriDialer shares with the dialplan.</summary>
internal static class DialplanVariables
{
    /// <summary>The call's id, on the caller's channel.</summary>
    internal const string CallId = "ARIDIALER_CALL_ID";

    /// <summary>The <see cref="CallMark"/>, on the call's bridge.</summary>
    internal const string Mark = "ARIDIALER_CALL";

    /// <summary>Why the call came back: one of <see cref="EndReasons"/>.</summary>
    internal const string Result = "ARIDIALER_RESULT";

    /// <summary>The Q.850 cause that goes with it.</summary>
    internal const string Cause = "ARIDIALER_CAUSE";

    /// <summary>Global: followed by the digits of a number of ours, the phones that the dialplan rings while AriDialer is away.</summary>
    internal const string RingPrefix = "ARIDIALER_RING_";

    /// <summary>Global: what stands before the number in the trunk's dial string.</summary>
    internal const string TrunkBefore = "ARIDIALER_TRUNK_BEFORE";

    /// <summary>Global: what stands after the number in the trunk's dial string.</summary>
    internal const string TrunkAfter = "ARIDIALER_TRUNK_AFTER";
}
