using AriDialer.Calls.Media;
using AriDialer.Testing.Speech;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Features.Transcription.Engines;
using AriDialer.Web.Features.Transcription.Servers;
using AriDialer.Web.Tests.Recording.Audio;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Tests.Transcription.Servers;

/// <summary>The engine that asks a server, with a server that speaks the real interface. Unless a test says so, it understands the number of each utterance.</summary>
internal sealed class ServerRig : IAsyncDisposable
{
    private readonly ModelTransport _transport = new();

    private ServerRig(ModelTestServer server, ServerKind kind, ModelServerOptions options, string key, Uri? address, string? realtime)
    {
        Server = server;
        Settings = new TranscriptionEngineOptions();
        var account = kind == ServerKind.Azure ? Settings.Azure : Settings.OpenAI;
        account.BaseUrl = (address ?? (kind == ServerKind.Azure ? server.Root : server.Address)).ToString();
        (account.Model, account.RealtimeModel, account.ApiKey) = ("ears", realtime, key);
        var settings = new EngineSettings(null!, new EphemeralDataProtectionProvider(), Options.Create(Settings), NullLogger<EngineSettings>.Instance);
        Engine = new ServerTranscriber(kind, settings, _transport, Options.Create(options), TimeProvider.System, Log);
    }

    public ModelTestServer Server { get; }

    public TranscriptionEngineOptions Settings { get; }

    public ServerTranscriber Engine { get; }

    public ListLog Log { get; } = new();

    public static async Task<ServerRig> StartAsync(
        ServerKind? kind = null, ModelServerOptions? options = null, string key = ModelTestServer.Key,
        Func<byte[], Task<IReadOnlyList<ServedWord>>>? understand = null, Uri? address = null, string? realtime = null) =>
        new(await ModelTestServer.StartAsync(understand ?? SayLengthAsync), kind ?? ServerKind.OpenAI, options ?? Quick(), key, address, realtime);

    public static ModelServerOptions Quick() => new() { Pause = TimeSpan.FromMilliseconds(10), Timeout = TimeSpan.FromSeconds(20), Rest = TimeSpan.FromSeconds(1) };

    /// <summary>So many utterances, each a little longer than the one before, with pauses between.</summary>
    public static async Task<short[]> UtterancesAsync(int count)
    {
        var speech = await new Prompt("ss-noservice").SamplesAsync();
        return [.. Enumerable.Range(0, count).SelectMany(i => speech[..(int)(Signals.Rate * (0.8 + 0.1 * i))].Concat(new short[Signals.Rate * 6 / 10]))];
    }

    public async Task<List<(int Channel, TranscribedSegment Segment)>> TranscribeAsync(params short[][] parts)
    {
        List<(int, TranscribedSegment)> all = [];
        await foreach (var one in Engine.TranscribeAsync(TranscriptionRig.Pcm(parts), 1, "en-US", TestContext.Current.CancellationToken))
        {
            all.Add(one);
        }

        return all;
    }

    public Task<List<HeardSpeech>> HearAsync(short[] sound) => HearAsync(SpokenFrames.Of(sound).AtOnceAsync());

    public async Task<List<HeardSpeech>> HearAsync(IAsyncEnumerable<AudioFrame> frames)
    {
        List<HeardSpeech> all = [];
        await foreach (var one in Engine.ListenAsync(frames, "en-US", TestContext.Current.CancellationToken))
        {
            all.Add(one);
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        Engine.Dispose();
        _transport.Dispose();
        await Server.DisposeAsync();
    }

    // What it says is in the order of what was sent, as each is longer than the one before.
    private static Task<IReadOnlyList<ServedWord>> SayLengthAsync(byte[] wav) =>
        Task.FromResult<IReadOnlyList<ServedWord>>([new ServedWord($"length{wav.Length:0000000}", 0.1, 0.3), new ServedWord("words", 0.3, 99)]);

    /// <summary>Everything that was logged.</summary>
    internal sealed class ListLog : ILogger<ServerTranscriber>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Lines)
                Lines.Add(formatter(state, exception) + exception);
        }
    }
}
