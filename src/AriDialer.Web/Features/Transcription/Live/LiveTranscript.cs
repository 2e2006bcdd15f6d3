using AriDialer.Web.Features.Recording;
using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Transcription.Live;

/// <summary>What is said in one call, as it is said: its lines, the voices that make them, and those who read along.</summary>
internal sealed class LiveTranscript(string callId, Action<string, RecordingSide, TranscribedSegment> heard)
{
    /// <summary>What a page is told at first of a long call: the newest lines.</summary>
    public const int MostAtFirst = 300;

    private readonly Lock _gate = new();
    private readonly List<LiveLine> _lines = [];
    private readonly List<LiveReader> _readers = [];
    private readonly Dictionary<string, LiveTrack> _tracks = [];
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LiveWordsState _state = LiveWordsState.Off;

    public string CallId => callId;

    /// <summary>What Asterisk's clock is ahead of ours.</summary>
    public TimeSpan ClockAhead { get; private set; }

    /// <summary>By channel; only who opens and closes voices touches it.</summary>
    public Dictionary<string, LiveVoice> Voices { get; } = [];

    /// <summary>Everything that was opened in it, also what is closed.</summary>
    public List<Task> Listening { get; } = [];

    /// <summary>The voices that were ever heard, one a channel.</summary>
    public List<LiveVoice> Listened { get; } = [];

    /// <summary>When the call ended, by our clock; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Done once the call is over and nothing more is opened.</summary>
    public Task Over => _over.Task;

    /// <summary>Reads along from now on, beginning with what was said so far. Disposing the result ends it.</summary>
    public LiveReader Read()
    {
        lock (_gate)
        {
            var reader = new LiveReader(this, _state, _lines.TakeLast(MostAtFirst));
            _readers.Add(reader);
            return reader;
        }
    }

    public void Remove(LiveReader reader)
    {
        lock (_gate)
            _readers.Remove(reader);
    }

    /// <summary>Notes what is recorded now: nothing else is ever kept in writing.</summary>
    public void Follow(CallSnapshot call, DateTimeOffset now)
    {
        if (call.Recording is not { } recording)
            return;

        lock (_gate)
        {
            ClockAhead = recording.ClockAhead;
            foreach (var track in recording.Tracks)
            {
                if (!_tracks.TryGetValue(track.Name, out var known))
                    _tracks[track.Name] = known = new LiveTrack(track.ChannelId, RecordingRows.SideOf(call, track), track.StartedAt ?? now + ClockAhead);

                if (track.StartedAt is { } start)
                    known.From = start;
                if (track.IsOver)
                    known.To ??= now + ClockAhead;
            }
        }
    }

    public void Tell(LiveWordsState state)
    {
        lock (_gate)
        {
            if (state == _state)
                return;

            _state = state;
            foreach (var reader in _readers)
            {
                reader.Offer(state);
            }
        }
    }

    /// <summary>The call is over, and its voices are closed.</summary>
    public void End(DateTimeOffset now)
    {
        EndedAt ??= now;
        Tell(LiveWordsState.Over);
        _over.TrySetResult();
    }

    /// <summary>A voice has said something, or goes on saying it.</summary>
    /// <param name="voice">Whose.</param>
    /// <param name="open">The line that it replaces; null for a new one.</param>
    /// <param name="segment">The words.</param>
    /// <param name="kind">How sure they are.</param>
    /// <returns>The line's id.</returns>
    public long Say(LiveVoice voice, long? open, TranscribedSegment segment, LiveLineKind kind)
    {
        LiveLine line;
        lock (_gate)
        {
            line = new LiveLine(open ?? _lines.Count + 1, voice.Side, voice.Who, voice.At(segment.From), segment, kind);
            if (open is null)
                _lines.Add(line);
            else
                _lines[(int)line.Id - 1] = line;
            foreach (var reader in _readers)
            {
                reader.Offer(line);
            }
        }

        if (kind == LiveLineKind.Final)
            heard(callId, line.Side, segment with { From = SinceStart(line), To = SinceStart(line) + (segment.To - segment.From) });
        return line.Id;
    }

    /// <summary>What is to be kept of it, asked once the voices are through; null where so little was heard that the recording is better listened to whole.</summary>
    public LiveHarvest? Harvest(DateTimeOffset recordingStart, double recordingLength)
    {
        lock (_gate)
        {
            if (Listened is not [var first, ..])
                return null;

            var end = (EndedAt ?? DateTimeOffset.MaxValue - ClockAhead) + ClockAhead;
            var tracks = _tracks.Values.Select(track => (
                track.Side, track.From, track.To ?? end, Listened.Find(voice => voice.ChannelId == track.ChannelId)?.Heard ?? new Stretches())).ToList();
            var harvest = LiveHarvest.Of(first.EngineName, first.Language, _lines, tracks, recordingStart, recordingLength);
            var recorded = tracks.Sum(track => (track.Item3 - track.From).TotalSeconds);
            return harvest.Gaps.Sum(gap => gap.To - gap.From) < recorded / 2 ? harvest : null;
        }
    }

    private double SinceStart(LiveLine line) =>
        _tracks.Count == 0 ? 0 : Math.Max(0, (line.From - _tracks.Values.Min(track => track.From)).TotalSeconds);

    private sealed class LiveTrack(string channelId, RecordingSide side, DateTimeOffset from)
    {
        public string ChannelId => channelId;

        public RecordingSide Side => side;

        public DateTimeOffset From { get; set; } = from;

        public DateTimeOffset? To { get; set; }
    }
}
