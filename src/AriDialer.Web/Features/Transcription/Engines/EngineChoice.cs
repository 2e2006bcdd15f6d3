namespace AriDialer.Web.Features.Transcription.Engines;

/// <summary>How a call is listened to.</summary>
/// <param name="Language">A BCP 47 tag, such as "en-US".</param>
/// <param name="Engine">What listens. It may be away, or turned off: its state says so.</param>
internal sealed record EngineChoice(string Language, ITranscriber Engine);
