using System.Runtime.InteropServices;
using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Recording.Storage;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Features.Transcription.Engines;
using AriDialer.Web.Features.Transcription.PocketSphinx;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>The engine, with real PocketSphinx and its real model.</summary>
internal sealed class TranscriptionRig : IDisposable
{
    public const string Language = PocketSphinxTranscriber.Language;

    private readonly TimeProvider _time;

    public TranscriptionRig(int decoders = 1, int voices = 1, TimeProvider? time = null, string? modelFolder = null)
    {
        var settings = new TranscriptionEngineOptions { Decoders = decoders, LiveVoices = voices };
        settings.PocketSphinx.ModelFolder = modelFolder ?? settings.PocketSphinx.ModelFolder;
        _time = time ?? TimeProvider.System;
        var options = Options.Create(settings);
        var installation = new PocketSphinxInstallation(options, NullLogger<PocketSphinxInstallation>.Instance);
        Pool = new DecoderPool(installation, options, _time);
        Engine = new PocketSphinxTranscriber(installation, Pool, Live = new LiveDecoders(installation, Pool, options), options, _time);
    }

    public DecoderPool Pool { get; }

    public LiveDecoders Live { get; }

    public PocketSphinxTranscriber Engine { get; }

    public static MemoryStream Pcm(params short[][] parts) => new(MemoryMarshal.AsBytes<short>(Join(parts)).ToArray());

    public static short[] Join(params short[][] parts) => [.. parts.SelectMany(part => part)];

    public async Task<List<TranscribedSegment>> TranscribeAsync(params short[][] parts)
    {
        List<TranscribedSegment> segments = [];
        await foreach (var (_, segment) in Engine.TranscribeAsync(Pcm(parts), 1, Language, TestContext.Current.CancellationToken))
        {
            segments.Add(segment);
        }

        return segments;
    }

    public EngineChoice Choice => new(Language, Engine);

    public RecordingTranscriber Recordings(RecordingVault vault, string ffmpeg = "ffmpeg") => new(
        vault, new Ffmpeg(Options.Create(new RecordingAudioOptions { Ffmpeg = ffmpeg }), _time, NullLogger<Ffmpeg>.Instance));

    /// <summary>Words in order, each with a plausible time and certainty, within their segment and the sound.</summary>
    public static void AssertPlausible(IEnumerable<TranscribedSegment> segments, double seconds)
    {
        var last = 0.0;
        foreach (var segment in segments)
        {
            Assert.Equal(segment.Text, string.Join(' ', segment.Words.Select(word => word.Text)));
            Assert.Equal(segment.From, segment.Words[0].From);
            Assert.Equal(segment.To, segment.Words[^1].To);
            Assert.InRange(segment.Confidence!.Value, 0, 1);
            foreach (var word in segment.Words)
            {
                Assert.Matches("^[a-z'.-]+$", word.Text);
                Assert.InRange(word.From, last, seconds);
                Assert.InRange(word.To, word.From + 0.01, Math.Min(word.From + 3, seconds));
                Assert.InRange(word.Confidence!.Value, 0, 1);
                last = word.To - 0.001;
            }
        }
    }

    public void Dispose() => Pool.Dispose();
}
