using System.Collections.Concurrent;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Transcription.Live;

/// <summary>The live transcripts of all calls: of those that go on, and of those that are over until they are kept.</summary>
internal sealed class LiveTranscripts(TimeProvider time)
{
    // Long enough for a recording that is put together late; what nobody comes for is in the recording anyway.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ToGiveUp = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, LiveTranscript> _all = new();

    /// <summary>Somebody has said something in a call that goes on; times are seconds of its recording. Listeners do not wait and do not throw.</summary>
    public event Action<string, RecordingSide, TranscribedSegment>? Heard;

    /// <summary>The transcript of a call; an empty one where nothing was heard yet.</summary>
    public LiveTranscript Open(string callId) =>
        _all.GetOrAdd(callId, id => new LiveTranscript(id, (call, side, segment) => Heard?.Invoke(call, side, segment)));

    /// <summary>Null where nothing was heard, and nobody reads along.</summary>
    public LiveTranscript? Find(string callId) => _all.GetValueOrDefault(callId);

    /// <summary>What was heard of a call that is over, once all of it is understood; null where nothing was. It is asked once, and forgotten.</summary>
    public async Task<LiveHarvest?> TakeAsync(RecordingEntry recording, CancellationToken cancellationToken)
    {
        if (recording is not { StartedAt: { } start, Seconds: { } seconds } || !_all.TryGetValue(recording.CallId, out var transcript))
            return null;

        var isUnderstood = await IsOverAsync(transcript, LongestWait, cancellationToken);
        if (!isUnderstood)
        {
            // An engine that hangs: the recording has all that it did not understand.
            transcript.Listened.ForEach(voice => voice.Abandon());
            isUnderstood = await IsOverAsync(transcript, ToGiveUp, cancellationToken);
        }

        _all.TryRemove(recording.CallId, out _);
        return isUnderstood ? transcript.Harvest(start, seconds) : null;
    }

    private async Task<bool> IsOverAsync(LiveTranscript transcript, TimeSpan longest, CancellationToken cancellationToken)
    {
        try
        {
            await transcript.Over.WaitAsync(longest, time, cancellationToken);
            await Task.WhenAll(transcript.Listening).WaitAsync(longest, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Forgets what nobody came for.</summary>
    public void Prune()
    {
        var now = time.GetUtcNow();
        foreach (var (callId, transcript) in _all)
        {
            if (transcript.EndedAt + Kept < now)
                _all.TryRemove(callId, out _);
        }
    }
}
