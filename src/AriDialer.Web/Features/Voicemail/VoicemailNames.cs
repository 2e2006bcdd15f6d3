namespace AriDialer.Web.Features.Voicemail;

/// <summary>The names under which Asterisk and browsers know mailboxes.</summary>
internal static class VoicemailNames
{
    /// <summary>What a person dials to record their own greeting.</summary>
    public const string GreetingExtension = "voicemail-greeting";

    private const string MessageEnd = ".voicemail";

    /// <summary>The stored recording with a person's own greeting.</summary>
    public static string GreetingOf(string userId) => "greeting-" + userId;

    /// <summary>The call whose message a stored recording is; null where it is none.</summary>
    public static string? CallOf(string recordingName) =>
        recordingName.EndsWith(MessageEnd, StringComparison.Ordinal) && recordingName.Length > MessageEnd.Length
            ? recordingName[..^MessageEnd.Length]
            : null;
}
