using System.Diagnostics;
using System.Runtime.InteropServices;
using AriDialer.Calls.Media;
using AriDialer.Testing.Speech;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Features.Transcription.PocketSphinx;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AriDialer.Bench;

/// <summary>Real speech with known words, understood as a recording and as it is spoken: how many words are wrong, and what it costs.</summary>
internal static class WordLoad
{
    public static async Task<int> RunAsync()
    {
        var options = Options.Create(new TranscriptionEngineOptions { Decoders = 1, LiveVoices = 1 });
        var installation = new PocketSphinxInstallation(options, NullLogger<PocketSphinxInstallation>.Instance);
        if (installation.Missing is { } missing)
        {
            Console.Error.WriteLine(missing);
            return 1;
        }

        using var pool = new DecoderPool(installation, options, TimeProvider.System);
        var engine = new PocketSphinxTranscriber(installation, pool, new LiveDecoders(installation, pool, options), options, TimeProvider.System);
        using var reserved = engine.TryReserve();
        // Loading the model is not what is measured.
        await ReadAsync(engine, new short[AudioFrame.Rate]);
        await HearAsync(engine, new short[AudioFrame.Rate], paced: false);

        var (direct, live) = (new Result(), new Result());
        List<double> waits = [];
        List<double> ends = [];
        foreach (var prompt in Prompt.Sentences)
        {
            var sound = await prompt.SamplesAsync();
            var seconds = (double)sound.Length / AudioFrame.Rate;
            var read = direct.Add(prompt, seconds, await MeasureAsync(() => ReadAsync(engine, sound)));
            var heard = live.Add(prompt, seconds, await MeasureAsync(async () => (await HearAsync(engine, sound, paced: false)).Text));
            Console.WriteLine($"{prompt.Name,-24} {seconds,5:0.0} s  read {read.All,3}, live {heard.All,3} of {read.Words,3} words wrong");
        }

        // As it is spoken: some of them, for it takes as long as they do.
        foreach (var prompt in Prompt.Sentences.Take(6))
        {
            var (_, interim, final) = await HearAsync(engine, await prompt.SamplesAsync(), paced: true);
            waits.AddRange(interim);
            ends.AddRange(final);
        }

        Console.WriteLine($"Read directly:  word error rate {direct}");
        Console.WriteLine($"Heard live:     word error rate {live}");
        Console.WriteLine($"Difference:     {(live.Errors.Rate - direct.Errors.Rate) * 100:+0.0;-0.0;0.0} percentage points");
        Console.WriteLine($"Live words, in ms behind the end of what they say: {Text(waits)}");
        Console.WriteLine($"Final segments, in ms behind the last word's end: {Text(ends)}");
        return 0;
    }

    private static string Text(List<double> seconds) => seconds.Count == 0 ? "none" : string.Join(", ", new[] { 0.5, 0.95, 1 }
        .Select(share => $"p{share * 100:0} {seconds.Order().ElementAt((int)Math.Min(seconds.Count - 1, share * seconds.Count)) * 1000:0}"));

    private static async Task<(string Text, double Seconds, double Cpu)> MeasureAsync(Func<Task<string>> understand)
    {
        var clock = Stopwatch.StartNew();
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var text = await understand();
        return (text, clock.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
    }

    private static async Task<string> ReadAsync(PocketSphinxTranscriber engine, short[] sound)
    {
        List<string> texts = [];
        using var pcm = new MemoryStream(MemoryMarshal.AsBytes<short>(sound).ToArray());
        await foreach (var (_, segment) in engine.TranscribeAsync(pcm, 1, PocketSphinxTranscriber.Language, CancellationToken.None))
        {
            texts.Add(segment.Text);
        }

        return string.Join(' ', texts);
    }

    private static async Task<(string Text, List<double> Interim, List<double> Final)> HearAsync(PocketSphinxTranscriber engine, short[] sound, bool paced)
    {
        List<string> texts = [];
        List<double> interim = [];
        List<double> final = [];
        // A second of silence behind it: who has spoken waits.
        var frames = SpokenFrames.Of([.. sound, .. new short[AudioFrame.Rate]]);
        var clock = Stopwatch.StartNew();
        await foreach (var speech in engine.ListenAsync(paced ? frames.AsSpokenAsync() : frames.AtOnceAsync(), PocketSphinxTranscriber.Language, CancellationToken.None))
        {
            (speech.IsFinal ? final : interim).Add(clock.Elapsed.TotalSeconds - speech.Segment.To);
            if (speech.IsFinal)
                texts.Add(speech.Segment.Text);
        }

        return (string.Join(' ', texts), interim, final);
    }

    private sealed class Result
    {
        private double _sound;
        private double _seconds;
        private double _cpu;

        public WordErrors Errors { get; private set; } = WordErrors.None;

        public WordErrors Add(Prompt prompt, double seconds, (string Text, double Seconds, double Cpu) understood)
        {
            var errors = WordErrors.Of(prompt.Words, WordErrors.WordsOf(understood.Text));
            Errors += errors;
            (_sound, _seconds, _cpu) = (_sound + seconds, _seconds + understood.Seconds, _cpu + understood.Cpu);
            return errors;
        }

        public override string ToString() => $"{Errors}; {_cpu / _sound:0.000} of real time in CPU, {_seconds / _sound:0.000} by the clock, over {_sound:0} s";
    }
}
