using AriDialer.Web.Features.Live;
using AriDialer.Web.Features.Recording;
using AriDialer.Web.Features.Transcription.Engines;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription.Live;

/// <summary>
/// Has everybody in a recorded call listened to while it goes on, as far as there are engines for it. What is not recorded is not listened
/// to: the rules and the announcement of the recording are those of the words too.
/// </summary>
internal sealed partial class LiveTranscriber(
    CallFeed feed,
    LiveTranscripts transcripts,
    TranscriptionEngines engines,
    HearLeg hear,
    IOptions<TranscriptOptions> options,
    TimeProvider time,
    ILogger<LiveTranscriber> log) : BackgroundService
{
    // From the moment it is made, so that no change before the first read is missed.
    private readonly CallFeed.Subscription _subscription = feed.Subscribe();

    public override void Dispose()
    {
        _subscription.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in _subscription.Changes.ReadAllAsync(stoppingToken))
        {
            try
            {
                Follow(change.Call);
            }
            catch (Exception e)
            {
                // One call's transcript is not worth another's.
                LogFailed(e, change.Call.Id);
            }
        }
    }

    private void Follow(CallSnapshot call)
    {
        if (call.Recording is null && transcripts.Find(call.Id) is null)
            return;

        var transcript = transcripts.Open(call.Id);
        transcript.Follow(call, time.GetUtcNow());
        if (call.State == CallState.Ended)
        {
            CloseAll(transcript);
            transcript.End(time.GetUtcNow());
            transcripts.Prune();
            return;
        }

        transcript.Tell(Settle(call, transcript));
    }

    /// <summary>Opens and closes voices where what is wanted differs from what is there.</summary>
    private LiveWordsState Settle(CallSnapshot call, LiveTranscript transcript)
    {
        var recording = call.Recording;
        if (recording is null or { State: RecordingState.Off } || call.State != CallState.Connected)
        {
            CloseAll(transcript);
            return LiveWordsState.Off;
        }

        var open = recording.Tracks.Where(track => !track.IsOver).ToList();
        foreach (var (channelId, voice) in transcript.Voices.ToList())
        {
            if (call.Legs.Any(leg => leg.ChannelId == channelId && leg.State == LegState.Up))
                voice.IsSilenced = !open.Exists(track => track.ChannelId == channelId);
            else
                Close(transcript, voice);
        }

        if (recording.State != RecordingState.On)
            return recording.State == RecordingState.Paused ? LiveWordsState.Paused : LiveWordsState.Announcing;

        var choice = engines.For(FarNumberOf(call));
        if (!options.Value.Enabled || !options.Value.Live || !choice.Engine.State.IsThere)
            return transcript.Voices.Count > 0 ? LiveWordsState.Listening : LiveWordsState.Missing;

        var isAll = open.Where(track => !transcript.Voices.ContainsKey(track.ChannelId)).ToList() is var missing
            && (missing.Count == 0 || TryOpen(call, transcript, choice, missing));
        return isAll || transcript.Voices.Count > 0 ? LiveWordsState.Listening : LiveWordsState.Later;
    }

    // All who speak now or nobody: half a conversation says the wrong thing.
    private bool TryOpen(CallSnapshot call, LiveTranscript transcript, EngineChoice choice, List<RecordingTrack> tracks)
    {
        List<IDisposable> places = [];
        foreach (var _ in tracks)
        {
            if (choice.Engine.TryReserve() is { } place)
                places.Add(place);
        }

        if (places.Count < tracks.Count)
        {
            places.ForEach(place => place.Dispose());
            return false;
        }

        foreach (var (track, place) in tracks.Zip(places))
        {
            var who = call.Legs.FirstOrDefault(leg => leg.ChannelId == track.ChannelId) is { } leg ? call.PartyAt(leg) : CallParty.Unknown;
            var voice = new LiveVoice(transcript, track.ChannelId, RecordingRows.SideOf(call, track), who, choice, time, log);
            transcript.Voices[track.ChannelId] = voice;
            transcript.Listened.Add(voice);
            transcript.Listening.Add(Task.Run(() => voice.ListenAsync(hear, place)));
        }

        return true;
    }

    private static void CloseAll(LiveTranscript transcript)
    {
        foreach (var voice in transcript.Voices.Values.ToList())
        {
            Close(transcript, voice);
        }
    }

    private static void Close(LiveTranscript transcript, LiveVoice voice)
    {
        transcript.Voices.Remove(voice.ChannelId);
        transcript.Listening.Add(Task.Run(voice.CloseAsync));
    }

    private static string? FarNumberOf(CallSnapshot call) => call.Direction switch
    {
        CallDirection.Inbound => call.Caller.Number,
        CallDirection.Outbound => call.Callee.Number,
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The live transcript of call {CallId} could not be kept up")]
    private partial void LogFailed(Exception e, string callId);
}
