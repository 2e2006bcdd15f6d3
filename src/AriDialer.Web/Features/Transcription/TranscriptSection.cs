using AriDialer.Web.Features.Transcription.Keywords;
using AriDialer.Web.Features.Transcription.Summaries;

namespace AriDialer.Web.Features.Transcription;

/// <summary>What a call's page says about its transcript: what was said, or a sentence where there is nothing to read.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Content">Null where it is not made.</param>
/// <param name="Sentence">What there is to say instead, or of an empty one; null beside words.</param>
/// <param name="MayRetry">It has failed, and this person may have it tried again.</param>
internal sealed record TranscriptSection(string CallId, CallTranscript? Content, string? Sentence, bool MayRetry)
{
    /// <summary>Which words are flagged.</summary>
    public KeywordMarks? Marks { get; } = Content is null ? null : new KeywordMarks(Content.Transcript);

    /// <summary>What it comes to; null where nobody has made a summary, and nobody will.</summary>
    public SummarySection? Summary { get; init; }

    public string RetryUrl => $"/history/{Uri.EscapeDataString(CallId)}/transcript?handler=Retry";
}
