using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording;

namespace AriDialer.Web.Features.Transcription;

/// <summary>A transcript with what it needs to be read: whose voices they are, and when it was said.</summary>
internal sealed record CallTranscript(RecordingEntry Recording, TranscriptEntry Transcript, Speakers Speakers)
{
    /// <summary>What nobody who reads it should forget.</summary>
    public string Origin =>
        $"Made by a machine ({string.Join(", ", new[] { Transcript.Engine, Transcript.Language }.Where(word => !string.IsNullOrEmpty(word)))}): it may be wrong. What counts is the recording.";
}
