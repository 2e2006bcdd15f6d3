using System.Runtime.CompilerServices;
using AriDialer.Calls.Media;
using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Transcription.Engines;

namespace AriDialer.Web.Features.Transcription.Live;

/// <summary>
/// One leg of a call that is listened to: its sound goes from the tap to the engine, and the engine's words into the transcript. What the
/// engine has not had is known afterwards, so that it can be made up for from the recording.
/// </summary>
internal sealed partial class LiveVoice(
    LiveTranscript transcript, string channelId, RecordingSide side, CallParty who, EngineChoice choice, TimeProvider time, ILogger log)
{
    // Somebody whose line goes silent has stopped speaking: an engine that waits for sound would not notice.
    private static readonly TimeSpan NoSound = TimeSpan.FromMilliseconds(700);
    private const int SilentFrames = 25;

    private const int MostFailures = 3;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private LegSound? _sound;
    private DateTimeOffset _startedAt;
    private bool _isSilenced;
    private bool _isClosed;
    private long? _openLine;
    private double _heardUntil;

    public string ChannelId => channelId;

    public RecordingSide Side => side;

    public CallParty Who => who;

    public string EngineName => choice.Engine.State.Name;

    public string Language => choice.Language;

    /// <summary>What the engine has had, by Asterisk's clock.</summary>
    public Stretches Heard { get; } = new();

    /// <summary>A moment of its sound, by Asterisk's clock.</summary>
    public DateTimeOffset At(double seconds) => _startedAt + TimeSpan.FromSeconds(seconds) + transcript.ClockAhead;

    /// <summary>While true, what is said goes nowhere.</summary>
    public bool IsSilenced
    {
        set
        {
            lock (_gate)
            {
                _isSilenced = value;
                _sound?.IsSilenced = value;
            }
        }
    }

    /// <summary>Ends it: what was said before is still understood.</summary>
    public async Task CloseAsync()
    {
        LegSound? sound;
        lock (_gate)
            (_isClosed, sound) = (true, _sound);
        if (sound is not null)
            await sound.DisposeAsync();
    }

    /// <summary>Gives up at once.</summary>
    public void Abandon() => _stopping.Cancel();

    /// <summary>Listens until the leg or the line ends. Never throws.</summary>
    /// <param name="hear">Opens the line.</param>
    /// <param name="place">The engine's place for it, given back at the end.</param>
    public async Task ListenAsync(HearLeg hear, IDisposable place)
    {
        try
        {
            using (place)
            {
                await using var sound = await hear(transcript.CallId, channelId, _stopping.Token);
                if (sound is not null && TryTake(sound))
                    await UnderstandAsync(sound, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Given up: what it has not heard is in the recording.
        }
        catch (Exception e)
        {
            LogFailed(e, transcript.CallId);
        }
    }

    private bool TryTake(LegSound sound)
    {
        lock (_gate)
        {
            _sound = sound;
            sound.IsSilenced = _isSilenced;
            return !_isClosed;
        }
    }

    private async Task UnderstandAsync(LegSound sound, CancellationToken cancellationToken)
    {
        for (var failures = 0; failures <= MostFailures; failures++)
        {
            try
            {
                await foreach (var heard in choice.Engine.ListenAsync(ReadAsync(sound, cancellationToken), choice.Language, cancellationToken))
                {
                    Take(heard);
                }

                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // What it had begun to understand is lost with it.
                LogFailed(e, transcript.CallId);
                Heard.Remove(At(_heardUntil), DateTimeOffset.MaxValue);
                MarkGap(_heardUntil);
                await Task.Delay(AfterFailure, time, cancellationToken);
            }
        }
    }

    private void Take(HeardSpeech heard)
    {
        if (heard.IsMissed)
        {
            Heard.Remove(At(heard.Segment.From), At(heard.Segment.To));
            MarkGap(heard.Segment.From);
            return;
        }

        _openLine = transcript.Say(this, _openLine, heard.Segment, heard.IsFinal ? LiveLineKind.Final : LiveLineKind.Interim);
        if (heard.IsFinal)
            (_openLine, _heardUntil) = (null, heard.Segment.To);
    }

    private void MarkGap(double at)
    {
        transcript.Say(this, _openLine, new TranscribedSegment(at, at, "", null, []), LiveLineKind.Gap);
        _openLine = null;
    }

    private async IAsyncEnumerable<AudioFrame> ReadAsync(LegSound sound, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var quiet = new Quiet(sound.Frames, NoSound, time, cancellationToken);
        var (next, dropped, isFirst) = (0L, sound.FramesDropped, true);
        while (true)
        {
            while (sound.Frames.TryRead(out var frame))
            {
                if (isFirst)
                    _startedAt = frame.At - TimeSpan.FromSeconds((double)frame.Begin / AudioFrame.Rate);
                var isLost = !isFirst && sound.FramesDropped != dropped && frame.Begin > next;
                if (isLost)
                {
                    dropped = sound.FramesDropped;
                    MarkGap((double)next / AudioFrame.Rate);
                }

                // A hole in the line is not one of ours: nothing more of it is in the recording either.
                var begin = (double)frame.Begin / AudioFrame.Rate;
                Heard.Add(At(begin), At(begin + (double)frame.Samples.Length / AudioFrame.Rate), joins: isLost || isFirst ? TimeSpan.Zero : TimeSpan.MaxValue);
                isFirst = false;
                next = frame.Begin + frame.Samples.Length;
                yield return frame;
            }

            switch (await quiet.WaitAsync())
            {
                case false:
                    yield break;
                case null:
                    for (var i = 0; i < SilentFrames; i++)
                    {
                        var silence = new short[AudioFrame.Rate / 50];
                        yield return new AudioFrame(time.GetUtcNow(), next, silence);
                        next += silence.Length;
                    }

                    break;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A voice in call {CallId} could not be listened to; what is missing is transcribed from the recording")]
    private partial void LogFailed(Exception e, string callId);
}
