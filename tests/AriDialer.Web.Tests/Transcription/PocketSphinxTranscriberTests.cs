using System.Diagnostics;
using AriDialer.Testing.Speech;
using AriDialer.Web.Features.Transcription.PocketSphinx;
using AriDialer.Web.Tests.Recording.Audio;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>What is said is understood, mostly; and what nobody said isn't.</summary>
public sealed class PocketSphinxTranscriberTests(ITestOutputHelper output) : IDisposable
{
    private static readonly Prompt[] Prompts =
    [
        new("demo-congrats"), new("demo-abouttotry"), new("demo-nogo"), new("dir-intro"),
        new("queue-periodic-announce"), new("tt-allbusy"), new("vm-msginstruct"), new("vm-options"),
    ];

    private readonly TranscriptionRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Speech_MostWordsAreRightAndTimesPlausible()
    {
        var (errors, seconds) = (WordErrors.None, 0.0);
        // Loading the model is not what is measured.
        await _rig.TranscribeAsync(Signals.Silence(1));
        var clock = Stopwatch.StartNew();
        foreach (var prompt in Prompts)
        {
            var sound = await prompt.SamplesAsync();
            var segments = await _rig.TranscribeAsync(sound);
            TranscriptionRig.AssertPlausible(segments, (double)sound.Length / Signals.Rate);
            var understood = WordErrors.WordsOf(string.Join(' ', segments.Select(segment => segment.Text)));
            var wrong = WordErrors.Of(prompt.Words, understood);
            output.WriteLine($"{prompt.Name}: {wrong}: {string.Join(" | ", segments.Select(segment => $"{segment.From:0.0} {segment.Text} ({segment.Confidence:0.00})"))}");
            (errors, seconds) = (errors + wrong, seconds + (double)sound.Length / Signals.Rate);
        }

        output.WriteLine($"Word error rate {errors}; {clock.Elapsed.TotalSeconds / seconds:0.000} of real time over {seconds:0} s");
        Assert.InRange(errors.Rate, 0, 0.4);
    }

    [Fact]
    public async Task SameSound_SameWordsWhateverWasHeardBefore()
    {
        var sound = await new Prompt("queue-periodic-announce").SamplesAsync();
        var first = await _rig.TranscribeAsync(sound);
        await _rig.TranscribeAsync(await new Prompt("all-circuits-busy-now").SamplesAsync());

        var second = await _rig.TranscribeAsync(sound);

        Assert.Equivalent(first, second, strict: true);
    }

    [Fact]
    public async Task BehindALongSilence_TimesAreThoseOfTheSound()
    {
        var sound = await new Prompt("queue-periodic-announce").SamplesAsync();
        var soon = await _rig.TranscribeAsync(Signals.Silence(1), sound);

        var later = await _rig.TranscribeAsync(Signals.Silence(61.5), sound, Signals.Silence(30));

        Assert.Equal(soon.Select(segment => segment.Text), later.Select(segment => segment.Text));
        Assert.All(soon.Zip(later), pair => Assert.Equal(pair.First.From + 60.5, pair.Second.From, tolerance: 0.011));
    }

    public static TheoryData<string, short[]> Wordless => new()
    {
        { "nothing", [] },
        { "silence", Signals.Silence(600) },
        { "a hum", Signals.Sine(20, 50) },
        { "a dial tone", [.. Signals.Sine(20, 350).Zip(Signals.Sine(20, 440), (a, b) => (short)((a + b) / 2))] },
        { "a hiss", [.. Signals.Noise(30, seed: 3).Select(sample => (short)(sample / 10))] },
        { "a click", [.. Signals.Silence(2), .. Signals.Noise(0.03, seed: 4), .. Signals.Silence(2)] },
    };

    [Theory]
    [MemberData(nameof(Wordless), DisableDiscoveryEnumeration = true)]
    public async Task WithoutSpeech_NoWordsAndNoTime(string what, short[] sound)
    {
        var clock = Stopwatch.StartNew();

        Assert.Empty(await _rig.TranscribeAsync(sound));

        output.WriteLine($"{what}: {clock.ElapsedMilliseconds} ms for {sound.Length / Signals.Rate} s");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task SoundThatStops_IsWaitedForNoLongerThanAMinute()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var rig = new TranscriptionRig(time: time);
        var stopped = new System.IO.Pipelines.Pipe();
        var reading = rig.Engine.TranscribeAsync(stopped.Reader.AsStream(), 1, TranscriptionRig.Language, TestContext.Current.CancellationToken).GetAsyncEnumerator().MoveNextAsync().AsTask();
        while (!reading.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(61));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await Assert.ThrowsAsync<TimeoutException>(() => reading);
        Assert.Equal(1, rig.Pool.Free);
    }

    [Fact]
    public async Task NotInstalled_SaysSoWhenItIsAskedTo()
    {
        using var rig = new TranscriptionRig(modelFolder: "/nonexistent");

        Assert.False(rig.Engine.State.IsThere);
        var refusal = await Assert.ThrowsAsync<PocketSphinxException>(() => rig.TranscribeAsync(Signals.Silence(1)));
        Assert.Equal(rig.Engine.State.Sentence, refusal.Message);
    }
}
