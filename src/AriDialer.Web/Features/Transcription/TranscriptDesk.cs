using System.Security.Claims;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.Recording;
using AriDialer.Web.Features.Recording.Rules;
using AriDialer.Web.Features.Transcription.Summaries;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription;

/// <summary>Transcripts as one person may read them: those of the recordings that they may hear.</summary>
internal sealed class TranscriptDesk(
    TranscriptStore store,
    TranscriptMaker maker,
    SummaryMaker summaries,
    ReadEngineState engine,
    RecordingShelf recordings,
    CallLog calls,
    Colleagues colleagues,
    Names contacts,
    TelephoneNumbers numbers,
    IOptions<TranscriptOptions> options,
    IOptions<DialingOptions> dialing)
{
    /// <summary>For the page of a call whose recording this person may hear; null where there is nothing to say.</summary>
    public async Task<TranscriptSection?> SectionAsync(
        ClaimsPrincipal person, RecordingEntry recording, CallRecord call, CallText words, string? summaryProblem, CancellationToken cancellationToken)
    {
        if (!recording.IsPlayable)
            return null;

        var transcript = await store.ReadAsync(recording.Id, cancellationToken);
        if (transcript is { Stage: TranscriptStage.Ready })
        {
            var content = new CallTranscript(recording, transcript, Speakers.Of(call, words));
            return new TranscriptSection(call.Id, content, transcript.Segments.Count == 0 ? "Nothing was said that could be understood." : null, MayRetry: false)
            {
                Summary = SummarySection.Of(call, transcript, summaries.IsOn, person.SeesAll(), summaryProblem),
            };
        }

        return options.Value.Enabled
            ? new TranscriptSection(call.Id, null, SentenceOf(recording, call, transcript), transcript?.Stage == TranscriptStage.Failed && person.SeesAll())
            : null;
    }

    /// <summary>By the recording's id; null where this person may not hear it, or where there is nothing to read.</summary>
    public async Task<CallTranscript?> FindAsync(ClaimsPrincipal person, string recordingId, CancellationToken cancellationToken)
    {
        if (await recordings.FindAsync(person, recordingId, cancellationToken) is not { } recording
            || await store.ReadAsync(recordingId, cancellationToken) is not { Stage: TranscriptStage.Ready } transcript
            || await calls.FindAsync(person, recording.CallId) is not { } call)
            return null;

        return new CallTranscript(recording, transcript, Speakers.Of(call, await WordsAsync(person, [call], cancellationToken)));
    }

    /// <summary>These calls in this person's words.</summary>
    public async Task<CallText> WordsAsync(ClaimsPrincipal person, IReadOnlyCollection<CallRecord> of, CancellationToken cancellationToken)
    {
        var me = await colleagues.ByIdAsync(person.UserId(), cancellationToken);
        var words = new CallText(numbers, me?.Region ?? dialing.Value.DefaultRegion);
        await words.RecogniseAsync(person.UserId(), contacts, of);
        return words;
    }

    private string SentenceOf(RecordingEntry recording, CallRecord call, TranscriptEntry? transcript) => transcript switch
    {
        { Stage: TranscriptStage.Failed } => transcript.Problem ?? TranscriptMaker.Problem,
        _ when maker.Making.Contains(recording.Id) => "The transcript is being made. Reload the page in a moment.",
        _ when engine(RuledCall.Of(call).OtherNumber) is { IsThere: false } state => state.Sentence ?? EngineState.None.Sentence!,
        { Attempts: > 0 } => "Making the transcript has failed. It is tried again by itself in some minutes.",
        _ => "The transcript will be made here by itself; newer calls come first.",
    };
}
