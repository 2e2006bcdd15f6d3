namespace AriDialer.Web.Features.Live;

/// <summary>Why something was not done to a call, for people.</summary>
internal static class ControlSentences
{
    /// <summary>The sentence for an answer; null where it was accepted.</summary>
    /// <param name="answer">What the call said.</param>
    /// <param name="control">What was wanted.</param>
    public static string? For(ControlAnswer answer, CallControl control) => answer.Result switch
    {
        ControlResult.Accepted => null,
        ControlResult.NoSuchCall => "This call has ended.",
        ControlResult.NotAllowed => control is CallControl.Remove or CallControl.Mute { ChannelId: not null }
            ? "Only the call’s owner may do this."
            : "This call is somebody else’s.",
        _ => answer.Refusal == Refusals.NotConnected && control is CallControl.SendDigits
            ? "There is nobody now who could hear the digits."
            : ForRefusal(answer.Refusal),
    };

    /// <param name="refusal">One of <see cref="Refusals"/>.</param>
    public static string ForRefusal(string? refusal) => refusal switch
    {
        Refusals.NotConnected => "Nobody has answered yet.",
        Refusals.NotInCall => "Your phone is not in this call.",
        Refusals.AlreadyTransferring => "This call is being transferred already. Complete or cancel that first.",
        Refusals.NothingToTransfer => "No transfer is under way.",
        Refusals.NotAnsweredYet => "Whom you asked has not answered yet.",
        Refusals.Nobody => "There is nobody to call by that name or number.",
        Refusals.AlreadyThere => "That person is in this call already.",
        Refusals.NoSuchPerson => "That person is no longer in this call.",
        Refusals.NotDigits => "Only 0-9, *, #, A-D, and w for a pause can be sent, 64 at once.",
        Refusals.NotMergeable => "These calls cannot be merged.",
        Refusals.NotRecordable => "The rules do not let this call be recorded.",
        Refusals.NotRecording => "This call is not being recorded.",
        Refusals.NotAway => "Your phone is connected to this call.",
        Refusals.TooMany => "This call has as many people as it may have.",
        _ => "This cannot be done now.",
    };
}
