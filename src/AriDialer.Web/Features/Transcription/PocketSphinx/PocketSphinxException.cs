namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>The speech engine isn't there, or failed; the message says what to do.</summary>
internal sealed class PocketSphinxException(string message) : Exception(message);
