using System.Collections.Concurrent;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Transcription.Live;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription;

/// <summary>
/// Makes transcripts of recordings, each by one caller at a time. One that fails is tried again after a pause, three times in all; an attempt that
/// the application's end interrupts is none.
/// </summary>
internal sealed partial class TranscriptMaker(
    TranscribeRecording transcribe,
    ReadEngineState engine,
    TranscriptStore store,
    LiveTranscripts live,
    IOptions<TranscriptOptions> options,
    ILogger<TranscriptMaker> log) : IDisposable
{
    public const string Problem = "The transcript could not be made: three attempts have failed. The log says why.";

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    private readonly ConcurrentDictionary<string, bool> _making = new();

    // From the question which is the next until it is taken, or two would take the same.
    private readonly SemaphoreSlim _choice = new(1);

    /// <summary>The recordings that are being listened to right now.</summary>
    public IReadOnlyCollection<string> Making => (IReadOnlyCollection<string>)_making.Keys;

    /// <summary>
    /// Makes the newest one that is to be made and that no other call of this makes; false where there was nothing to do, or nothing to do
    /// it with.
    /// </summary>
    public async Task<bool> MakeNextAsync(CancellationToken cancellationToken)
    {
        if (await ChooseAsync(cancellationToken) is not var (recording, farNumber))
            return false;

        try
        {
            await MakeAsync(recording, farNumber, cancellationToken);
            return true;
        }
        finally
        {
            _making.TryRemove(recording.Id, out _);
        }
    }

    public void Dispose() => _choice.Dispose();

    private async Task<(RecordingEntry Recording, string? FarNumber)?> ChooseAsync(CancellationToken cancellationToken)
    {
        await _choice.WaitAsync(cancellationToken);
        try
        {
            var chosen = await store.FindWaitingAsync(_making.ContainsKey, farNumber => engine(farNumber).IsThere, cancellationToken);
            if (chosen is var (recording, _))
                _making.TryAdd(recording.Id, true);
            return chosen;
        }
        finally
        {
            _choice.Release();
        }
    }

    private async Task MakeAsync(RecordingEntry recording, string? farNumber, CancellationToken cancellationToken)
    {
        try
        {
            var words = await UnderstandAsync(recording, farNumber, cancellationToken);
            if (options.Value.Redact)
                words = words with { Said = Redaction.Of(words.Said) };
            if (await store.ReplaceAsync(recording.Id, words, cancellationToken))
                LogMade(recording.CallId, words.Said.Count);
        }
        // Whatever an engine does, it must not keep the other recordings waiting.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e, recording.CallId);
            await store.FailAsync(
                recording.Id, attempts => attempts <= Pauses.Length ? (Pauses[attempts - 1], null) : (null, Problem), cancellationToken);
        }
    }

    // What was understood while the call went on stays, and only what nobody heard then is listened to.
    private async Task<RecordingWords> UnderstandAsync(RecordingEntry recording, string? farNumber, CancellationToken cancellationToken)
    {
        if (await live.TakeAsync(recording, cancellationToken) is not { } heard)
            return await transcribe(recording, farNumber, null, cancellationToken);

        LogHeardLive(recording.CallId, heard.Said.Count, heard.Gaps.Count);
        if (heard.Gaps.Count == 0)
            return new RecordingWords(heard.Engine, heard.Language, heard.Said);

        var rest = await transcribe(recording, farNumber, [.. heard.Gaps.Select(gap => (gap.Side, gap.From, gap.To))], cancellationToken);
        return new RecordingWords(heard.Engine, heard.Language, heard.With(rest.Said));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Call {CallId} was transcribed while it went on: {Segments} segments; {Gaps} gaps are made up for")]
    private partial void LogHeardLive(string callId, int segments, int gaps);

    [LoggerMessage(Level = LogLevel.Information, Message = "The recording of call {CallId} is transcribed: {Segments} segments")]
    private partial void LogMade(string callId, int segments);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The recording of call {CallId} could not be transcribed")]
    private partial void LogFailed(Exception e, string callId);
}
