using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>A word or phrase to watch for.</summary>
/// <param name="Phrase">As it was typed.</param>
/// <param name="Tone">What it means that it was said.</param>
/// <param name="Side">Who must say it; null where it counts from either side.</param>
/// <param name="TeamId">In whose calls; null for everybody's.</param>
internal sealed record Keyword(string Phrase, KeywordTone Tone, RecordingSide? Side, string? TeamId);

/// <summary>Something that is watched for was said.</summary>
/// <param name="Keyword">What is watched for.</param>
/// <param name="Side">Who said it.</param>
/// <param name="From">When it begins, in seconds of the sound; of a segment whose words have no times, when that begins.</param>
/// <param name="To">When it ends, likewise.</param>
/// <param name="Text">The words as they were understood.</param>
/// <param name="First">The first of these words.</param>
/// <param name="Last">The last one.</param>
internal sealed record KeywordHit(Keyword Keyword, RecordingSide Side, double From, double To, string Text, WordPlace First, WordPlace Last);

/// <summary>A word of what one side said: of which segment, counted from 0, and which of its words.</summary>
internal readonly record struct WordPlace(int Segment, int Word);
