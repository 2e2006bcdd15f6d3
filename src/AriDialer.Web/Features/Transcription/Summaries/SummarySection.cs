using AriDialer.Web.Data;

namespace AriDialer.Web.Features.Transcription.Summaries;

/// <summary>What a call's page says of its summary.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Summary">It, where it can be read: also while another one is made.</param>
/// <param name="Sentence">What there is to say instead or besides; null where there is nothing.</param>
/// <param name="MakeLabel">What the button says that has it made; null where this person has none.</param>
internal sealed record SummarySection(string CallId, SummaryEntry? Summary, string? Sentence, string? MakeLabel)
{
    /// <summary>Why what was sent last was not taken.</summary>
    public string? Problem { get; init; }

    /// <param name="call">The call.</param>
    /// <param name="transcript">What was said in it.</param>
    /// <param name="isOn">Summaries are made here.</param>
    /// <param name="seesAll">This person may have it made.</param>
    /// <param name="problem">Why what was sent last was not taken.</param>
    /// <returns>Null where there is nothing to say.</returns>
    public static SummarySection? Of(CallRecord call, TranscriptEntry transcript, bool isOn, bool seesAll, string? problem)
    {
        var row = transcript.Summary;
        var readable = row is { MadeAt: not null } ? row : null;
        if (readable is null && !isOn || transcript.Segments.Count == 0)
            return null;

        var sentence = row switch
        {
            { Stage: SummaryStage.Failed } => row.Problem,
            { Stage: SummaryStage.Waiting, Attempts: > 0 } when isOn => "Making the summary has failed. It is tried again by itself in some minutes.",
            { Stage: SummaryStage.Waiting } when isOn => "The summary is being made. Reload the page in a moment.",
            null => "There is no summary of this call.",
            _ => null,
        };
        var label = !isOn || !seesAll || row is { Stage: SummaryStage.Waiting } ? null
            : row switch { null => "Make a summary", { Stage: SummaryStage.Failed } => "Try again", _ => "Make it again" };
        return new SummarySection(call.Id, readable, sentence, label) { Problem = problem };
    }

    /// <summary>What nobody who reads it should forget.</summary>
    public static string Origin(SummaryEntry summary) => $"Machine-made by {summary.Model}: it may be wrong.";

    public string UrlOf(string handler) => $"/history/{Uri.EscapeDataString(CallId)}/summary?handler={handler}";
}
