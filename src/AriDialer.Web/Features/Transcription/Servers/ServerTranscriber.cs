using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AriDialer.Calls.Media;
using AriDialer.Web.Features.Transcription.Engines;
using AriDialer.Web.Features.Transcription.Servers.Realtime;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription.Servers;

/// <summary>
/// Has a server make words of sound: an utterance at a time, several on their way at once, in the order in which they were said. Where there
/// is a model with the realtime interface, it hears live voices while they speak.
/// </summary>
internal sealed partial class ServerTranscriber(
    ServerKind kind, EngineSettings settings, ModelTransport transport, IOptions<ModelServerOptions> options, TimeProvider time, ILogger<ServerTranscriber> log)
    : ITranscriber, IDisposable
{
    private const int LongestName = 64;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _places = new(options.Value.AtATime);
    private ServerLine? _line;
    private RealtimeLine? _realtime;
    private int _voices;

    public string Id => kind.Id;

    public EngineState State
    {
        get
        {
            var account = settings.Of(kind);
            var name = account.Model is { Length: > 0 } model ? $"{kind.Name}, {model}" : kind.Name;
            var problem = account.SpeechProblem ?? LineOf(account).Problem ?? RealtimeOf(account)?.Problem;
            return new EngineState(name.Length > LongestName ? name[..LongestName] : name, "", problem is null, problem);
        }
    }

    public TranscriberCapabilities Capabilities
    {
        get
        {
            var account = settings.Of(kind);
            var line = account.SpeechProblem is null ? LineOf(account) : null;
            return new TranscriberCapabilities(
                Interim: RealtimeOf(account) is { IsMissing: false }, line?.HasWordTimes == true, line?.HasConfidence == true, Languages: null, options.Value.LiveVoices, LeavesMachine: true);
        }
    }

    public IDisposable? TryReserve()
    {
        if (!State.IsThere)
            return null;

        if (Interlocked.Increment(ref _voices) <= options.Value.LiveVoices)
            return new Voice(this);

        Interlocked.Decrement(ref _voices);
        return null;
    }

    public IAsyncEnumerable<HeardSpeech> ListenAsync(IAsyncEnumerable<AudioFrame> sound, string language, CancellationToken cancellationToken) =>
        RealtimeOf(settings.Of(kind)) is null
            ? ListenToUtterancesAsync(sound, language, cancellationToken)
            : new RealtimeVoice(
                () => RealtimeOf(settings.Of(kind)), (utterance, token) => HearAsync(utterance, language, token), 2 * options.Value.AtATime,
                LogMissed, () => LogNoRealtime(kind.Name)).ListenAsync(sound, language, cancellationToken);

    /// <exception cref="ModelServerException">An utterance could not be had, however often the server was asked.</exception>
    public async IAsyncEnumerable<(int Channel, TranscribedSegment Segment)> TranscribeAsync(
        Stream pcm, int channels, string language, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Queue<(int Channel, Task<TranscribedSegment?> Segment)> asked = [];
        try
        {
            await foreach (var (channel, utterance) in SoundCutter.CutAsync(pcm, channels, time, stop.Token))
            {
                asked.Enqueue((channel, UnderstandAsync(utterance, language, stop.Token)));
                while (asked.Count >= 2 * options.Value.AtATime || (asked.TryPeek(out var first) && first.Segment.IsCompleted))
                {
                    var (whose, segment) = asked.Dequeue();
                    if (await segment is { } said)
                        yield return (whose, said);
                }
            }

            while (asked.TryDequeue(out var next))
            {
                if (await next.Segment is { } said)
                    yield return (next.Channel, said);
            }
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    public void Dispose() => _places.Dispose();

    private async IAsyncEnumerable<HeardSpeech> ListenToUtterancesAsync(
        IAsyncEnumerable<AudioFrame> sound, string language, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Who is far behind reads no further, and the sound is dropped where it can be told.
        var heard = Channel.CreateBounded<Task<HeardSpeech?>>(2 * options.Value.AtATime);
        _ = CutAsync(sound, language, heard.Writer, stop.Token);
        try
        {
            await foreach (var speech in heard.Reader.ReadAllAsync(cancellationToken))
            {
                if (await speech.WaitAsync(cancellationToken) is { } said)
                    yield return said;
            }
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private async Task CutAsync(IAsyncEnumerable<AudioFrame> sound, string language, ChannelWriter<Task<HeardSpeech?>> heard, CancellationToken cancellationToken)
    {
        try
        {
            var cutter = new TapCutter();
            List<Utterance> over = [];
            await foreach (var frame in sound.WithCancellation(cancellationToken))
            {
                cutter.Add(frame, Take);
                await AskAsync();
            }

            Take(cutter.End());
            await AskAsync();
            heard.TryComplete();

            void Take(Utterance? utterance)
            {
                if (utterance is not null)
                    over.Add(utterance);
            }

            async Task AskAsync()
            {
                foreach (var utterance in over)
                    await heard.WriteAsync(HearAsync(utterance, language, cancellationToken), cancellationToken);
                over.Clear();
            }
        }
        catch (Exception e)
        {
            heard.TryComplete(e);
        }
    }

    private async Task<HeardSpeech?> HearAsync(Utterance utterance, string language, CancellationToken cancellationToken)
    {
        try
        {
            return await UnderstandAsync(utterance, language, cancellationToken) is { } segment ? new HeardSpeech(true, segment) : null;
        }
        catch (ModelServerException e)
        {
            LogMissed(e.Message);
            var begin = (double)utterance.Begin / SpeechCutter.Rate;
            return HeardSpeech.Missed(begin, begin + (double)utterance.Samples.Length / SpeechCutter.Rate);
        }
    }

    private async Task<TranscribedSegment?> UnderstandAsync(Utterance utterance, string language, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            // As the settings are now, for each utterance anew.
            var account = settings.Of(kind);
            if (account.SpeechProblem is { } problem)
                throw new ModelServerException(problem);
            return await LineOf(account).UnderstandAsync(utterance, language, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    private ServerLine LineOf(ModelAccount account)
    {
        lock (_lock)
        {
            if (_line?.Account != account)
                _line = new ServerLine(account, transport, new Patience(kind.Name, options.Value.Timeout, options.Value, time));
            return _line;
        }
    }

    // Null where it is not to be used.
    private RealtimeLine? RealtimeOf(ModelAccount account)
    {
        if (account.SpeechProblem is not null || account.RealtimeModel is not { Length: > 0 })
            return null;

        lock (_lock)
        {
            if (_realtime?.Account != account)
                _realtime = new RealtimeLine(account, transport, options.Value, time);
            return _realtime;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Something that was said is missing from a live transcript: {Sentence}")]
    private partial void LogMissed(string sentence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Server} has no realtime interface there, or not for the realtime model: each sentence is sent once it is over")]
    private partial void LogNoRealtime(string server);

    private sealed class Voice(ServerTranscriber transcriber) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
                Interlocked.Decrement(ref transcriber._voices);
        }
    }
}
