namespace AriDialer.Web.Data;

/// <summary>Who did what to whom: never changed, never deleted by the application.</summary>
internal sealed class AuditEntry
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>Who did it; null for the application itself.</summary>
    public string? ActorId { get; set; }

    /// <summary>One of <see cref="AuditActions"/>.</summary>
    public required string Action { get; set; }

    /// <summary>The person, or the team, to whom it was done.</summary>
    public required string SubjectId { get; set; }

    /// <summary>What exactly, in words; never a secret.</summary>
    public string? Detail { get; set; }
}

/// <summary>What an audit entry can say.</summary>
internal static class AuditActions
{
    public const string Created = "person-created";
    public const string Changed = "person-changed";
    public const string RolesChanged = "roles-changed";
    public const string Disabled = "person-disabled";
    public const string Enabled = "person-enabled";
    public const string LinkIssued = "password-link-issued";
    public const string PasswordSet = "password-set";
    public const string PasskeyAdded = "passkey-added";
    public const string PasskeyRemoved = "passkey-removed";
    public const string DeskPhoneAdded = "desk-phone-added";
    public const string DeskPhoneRenewed = "desk-phone-renewed";
    public const string DeskPhoneRemoved = "desk-phone-removed";
    public const string VoicemailHeard = "voicemail-heard";
    public const string VoicemailDeleted = "voicemail-deleted";
    public const string RecordingPlayed = "recording-played";
    public const string RecordingDownloaded = "recording-downloaded";
    public const string CallReadAlong = "call-read-along";
    public const string RecordingHeld = "recording-held";
    public const string RecordingReleased = "recording-released";
    public const string RecordingDeleted = "recording-deleted";
    public const string RecordingRuleAdded = "recording-rule-added";
    public const string RecordingRuleChanged = "recording-rule-changed";
    public const string RecordingRuleMoved = "recording-rule-moved";
    public const string RecordingRuleDeleted = "recording-rule-deleted";
    public const string TeamAdded = "team-added";
    public const string TeamChanged = "team-changed";
    public const string TeamDeleted = "team-deleted";
    public const string TranscriptExported = "transcript-exported";
    public const string TranscriptRetried = "transcript-retried";
    public const string SpeechServerChanged = "speech-server-changed";
    public const string SpeechServerTried = "speech-server-tried";
    public const string EngineRuleSaved = "engine-rule-saved";
    public const string EngineRuleDeleted = "engine-rule-deleted";
    public const string SummaryEdited = "summary-edited";
    public const string SummaryRestored = "summary-restored";
    public const string SummaryRemade = "summary-remade";
    public const string KeywordAdded = "keyword-added";
    public const string KeywordChanged = "keyword-changed";
    public const string KeywordDeleted = "keyword-deleted";
}
