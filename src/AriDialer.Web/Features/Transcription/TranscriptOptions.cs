namespace AriDialer.Web.Features.Transcription;

/// <summary>Whether transcripts are made, and what of them is kept (section <c>Transcription</c>).</summary>
internal sealed class TranscriptOptions
{
    /// <summary>Recordings are transcribed. Transcripts that are there stay readable without it.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Recorded calls are also transcribed while they go on, as far as the engine can.</summary>
    public bool Live { get; set; } = true;

    /// <summary>Longer numbers and e-mail addresses are left out before anything is kept.</summary>
    public bool Redact { get; set; }

    /// <summary>Where a chat model is set up, it is given each new transcript, and makes a summary of it.</summary>
    public bool Summaries { get; set; } = true;
}
