namespace AriDialer.Web.Features.Voicemail;

/// <summary>The names under which Asterisk and browsers know mailboxes.</summary>
internal static class VoicemailNames
{
    /// <summary>What a person dials to record their own greeting.</summary>
    public const string GreetingExtension = "voicemail-greeting";

    private const string MessageEnd = ".voicemail";
    private const string GreetingBegin = "greeting-";

    /// <summary>The stored recording with a person's own greeting.</summary>
    public static string GreetingOf(string userId) => GreetingBegin + userId;

    /// <summary>Whose greeting a stored recording is; null where it is none.</summary>
    public static string? OwnerOfGreeting(string recordingName) =>
        recordingName.StartsWith(GreetingBegin, StringComparison.Ordinal) && Guid.TryParseExact(recordingName[GreetingBegin.Length..], "D", out _)
            ? recordingName[GreetingBegin.Length..]
            : null;

    /// <summary>The call whose message a stored recording is; null where it is none.</summary>
    public static string? CallOf(string recordingName) =>
        recordingName.EndsWith(MessageEnd, StringComparison.Ordinal) && recordingName.Length > MessageEnd.Length
            ? recordingName[..^MessageEnd.Length]
            : null;
}
