namespace AriDialer.Web.Features.Transcription;

/// <summary>Something that one side said without a longer pause, as an engine understood it.</summary>
/// <param name="From">When it begins, in seconds from the beginning of the sound.</param>
/// <param name="To">When it ends, likewise.</param>
/// <param name="Text">What was understood, in words with single spaces between them; never empty.</param>
/// <param name="Confidence">How sure the engine is, from 0 to 1; null where it does not say.</param>
/// <param name="Words">The words with their times; empty where the engine does not give them.</param>
internal sealed record TranscribedSegment(double From, double To, string Text, double? Confidence, IReadOnlyList<TranscribedWord> Words);

/// <summary>One word of a segment.</summary>
/// <param name="Text">The word.</param>
/// <param name="From">When it begins, in seconds from the beginning of the sound.</param>
/// <param name="To">When it ends, likewise.</param>
/// <param name="Confidence">How sure the engine is, from 0 to 1; null where it does not say.</param>
internal sealed record TranscribedWord(string Text, double From, double To, double? Confidence);
