namespace AriDialer.Web.Features.Transcription.Summaries;

/// <summary>What was said, in a few sentences, and what is to be done: plain text.</summary>
internal sealed record MadeSummary(string Text, IReadOnlyList<string> Steps);
