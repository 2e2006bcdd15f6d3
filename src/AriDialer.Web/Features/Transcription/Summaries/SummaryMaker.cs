using AriDialer.Web.Features.Transcription.Servers;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription.Summaries;

/// <summary>
/// Has the chat model summarize one transcript after the other. What fails is tried again after a pause, three times in all; an attempt
/// that the application's end interrupts is none.
/// </summary>
internal sealed partial class SummaryMaker(
    ChatModels models, SummaryStore store, TranscriptStore transcripts, IOptions<TranscriptOptions> options, ILogger<SummaryMaker> log)
{
    public const string Problem = "The summary could not be made: three attempts have failed. The log says why.";

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    /// <summary>Summaries are made here.</summary>
    public bool IsOn => options.Value.Summaries && models.IsThere;

    /// <summary>Makes the newest one that is to be made; false where there was nothing to do, or nothing to do it with.</summary>
    public async Task<bool> MakeNextAsync(CancellationToken cancellationToken)
    {
        if (!IsOn || models.Name is not { } model
            || await store.FindWaitingAsync(cancellationToken) is not { } recordingId
            || await transcripts.ReadAsync(recordingId, cancellationToken) is not { } transcript)
            return false;

        try
        {
            var prompt = SummaryPrompt.Of(transcript, options.Value.Redact);
            var made = SummaryAnswer.Read(await models.AskAsync(prompt.System, prompt.User, cancellationToken));
            if (await store.KeepAsync(recordingId, transcript.MadeAt, model, made, cancellationToken))
                LogMade(recordingId, model);
        }
        // Whatever a model answers, it must not keep the other summaries waiting.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e, recordingId);
            await store.FailAsync(
                recordingId, transcript.MadeAt, attempts => attempts <= Pauses.Length ? (Pauses[attempts - 1], null) : (null, Problem), cancellationToken);
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Recording {RecordingId} is summarized by {Model}")]
    private partial void LogMade(string recordingId, string model);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Recording {RecordingId} could not be summarized")]
    private partial void LogFailed(Exception e, string recordingId);
}
