using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Live;

/// <summary>Something that is watched for was said in a live call: our side is the left one, as in recordings.</summary>
internal sealed record CallFlag(string Phrase, KeywordTone Tone, RecordingSide Side);

/// <summary>It, and how often it was said so far.</summary>
internal sealed record CountedFlag(CallFlag Flag, int Count);
