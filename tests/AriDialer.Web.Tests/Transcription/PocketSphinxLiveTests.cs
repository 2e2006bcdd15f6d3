using System.Diagnostics;
using AriDialer.Calls.Media;
using AriDialer.Testing.Speech;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Features.Transcription.Engines;
using AriDialer.Web.Features.Transcription.PocketSphinx;
using AriDialer.Web.Tests.Recording.Audio;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>PocketSphinx hears what is being said, with real speech.</summary>
public sealed class PocketSphinxLiveTests(ITestOutputHelper output) : IDisposable
{
    private readonly TranscriptionRig _rig = new(voices: 2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Speech_IsUnderstoodAsWellAsWhenItIsRead()
    {
        var (live, read) = (WordErrors.None, WordErrors.None);
        foreach (var prompt in new[] { new Prompt("queue-periodic-announce"), new Prompt("tt-allbusy"), new Prompt("ss-noservice"), new Prompt("vm-mismatch"), new Prompt("followme/status") })
        {
            var sound = await prompt.SamplesAsync();
            var heard = await HearAsync(sound);
            output.WriteLine(Text(heard));
            TranscriptionRig.AssertPlausible(Finals(heard), (double)sound.Length / Signals.Rate);
            live += WordErrors.Of(prompt.Words, WordErrors.WordsOf(Text(heard)));
            read += WordErrors.Of(prompt.Words, WordErrors.WordsOf(string.Join(' ', (await _rig.TranscribeAsync(sound)).Select(segment => segment.Text))));
        }

        output.WriteLine($"live {live}, read {read}");
        Assert.InRange(live.Rate, 0, read.Rate + 0.031);
    }

    [Fact]
    public async Task WhileSomebodySpeaks_ThereIsSomethingNewAllTheTime()
    {
        var heard = await HearAsync(await new Prompt("tt-allbusy").SamplesAsync());

        // Each interim is of the utterance that the next final one ends, and the words come as they are said.
        var utterance = new List<HeardSpeech>();
        foreach (var speech in heard)
        {
            utterance.Add(speech);
            if (!speech.IsFinal)
                continue;
            var seconds = speech.Segment.To - speech.Segment.From;
            Assert.InRange(utterance.Count, 1 + (int)((seconds - 1) / 0.5), int.MaxValue);
            Assert.All(utterance, one => Assert.InRange(one.Segment.From, speech.Segment.From - 0.5, speech.Segment.To));
            Assert.Equal(utterance.OrderBy(one => one.Segment.To).Select(one => one.Segment.To), utterance.Select(one => one.Segment.To), (a, b) => Math.Abs(a - b) < 0.4);
            utterance.Clear();
        }

        Assert.Empty(utterance);
        Assert.InRange(heard.Count(speech => !speech.IsFinal), 8, 100);
    }

    [Fact]
    public async Task Hole_EndsWhatWasSaidAndNothingIsMadeUpOverIt()
    {
        var sound = await new Prompt("queue-periodic-announce").SamplesAsync();
        // In the middle of a sentence, three seconds are missing; the rest has its own place.
        var half = 2 * Signals.Rate;
        var frames = SpokenFrames.Of(sound[..half]).Concat(SpokenFrames.Of(sound[half..], half + 3 * Signals.Rate));

        var finals = Finals(await HearAsync(frames));

        Assert.InRange(finals.Count, 2, 9);
        Assert.DoesNotContain(finals, segment => segment.From < 2 && segment.To > 2.05);
        Assert.DoesNotContain(finals, segment => segment.From is > 2.05 and < 4.95);
        Assert.Contains(finals, segment => segment.From >= 4.95);
    }

    [Fact]
    public async Task SpeechWithoutPauses_IsCutWithoutLosingOrDoublingWords()
    {
        // A long stretch: everything silent is taken out.
        var (sound, words) = (new List<short>(), new List<string>());
        foreach (var prompt in new[] { new Prompt("demo-abouttotry") })
        {
            foreach (var frame in SpokenFrames.Of(await prompt.SamplesAsync()).Where(frame => frame.Samples.Max(sample => Math.Abs((int)sample)) > 300))
            {
                sound.AddRange(frame.Samples);
            }

            words.AddRange(prompt.Words);
        }

        var heard = await HearAsync([.. sound]);
        var live = WordErrors.Of(words, WordErrors.WordsOf(Text(heard)));
        var read = WordErrors.Of(words, WordErrors.WordsOf(string.Join(' ', (await _rig.TranscribeAsync([.. sound])).Select(segment => segment.Text))));

        output.WriteLine($"{sound.Count / Signals.Rate} s: live {live}, read {read}");
        Assert.InRange(live.Rate, 0, read.Rate + 0.05);
        TranscriptionRig.AssertPlausible(Finals(heard), (double)sound.Count / Signals.Rate);
    }

    [Fact]
    public async Task WithoutSpeech_NothingIsSaid()
    {
        Assert.Empty(await HearAsync(Signals.Silence(60)));
        Assert.Empty(await HearAsync(Signals.Sine(20, 50)));
        Assert.Empty(await HearAsync([.. Signals.Noise(20, seed: 3).Select(sample => (short)(sample / 10))]));
    }

    [Fact]
    public async Task SoundThatFails_IsSaidToWhoListens()
    {
        static async IAsyncEnumerable<AudioFrame> Broken()
        {
            await Task.Yield();
            yield return new AudioFrame(default, 0, new short[SpokenFrames.FrameLength]);
            throw new IOException("The line is down.");
        }

        var failure = await Assert.ThrowsAsync<IOException>(() => ListAsync(_rig.Engine.ListenAsync(Broken(), TranscriptionRig.Language, Cancellation)));
        Assert.Equal("The line is down.", failure.Message);
    }

    [Fact]
    public async Task Cancelled_EndsWithinAMomentAndGivesItsDecoderBack()
    {
        var sound = await new Prompt("vm-options").SamplesAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var reserved = _rig.Engine.TryReserve();
        var clock = new Stopwatch();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in _rig.Engine.ListenAsync(SpokenFrames.Of(sound).AtOnceAsync(), TranscriptionRig.Language, cancel.Token))
            {
                clock.Start();
                await cancel.CancelAsync();
            }
        });

        Assert.InRange(clock.ElapsedMilliseconds, 0, 1000);
        // The same voice can be listened to again.
        Assert.NotEmpty(await HearAsync(await new Prompt("all-circuits-busy-now").SamplesAsync()));
    }

    [Fact]
    public async Task LeftEarly_TheVoiceCanBeReservedAgain()
    {
        var sound = await new Prompt("vm-options").SamplesAsync();
        await foreach (var _ in _rig.Engine.ListenAsync(SpokenFrames.Of(sound).AtOnceAsync(), TranscriptionRig.Language, Cancellation))
        {
            break;
        }

        await Hosting.Some.Eventually(() => Task.FromResult(_rig.Live.Free == 2), "both are free again");
    }

    [Fact]
    public async Task Reserved_AsManyAsAllowed_AndNoneWaitsForARecording()
    {
        Assert.Equal(2, _rig.Engine.Capabilities.LiveVoices);
        using var recording = await _rig.Pool.RentAsync(Cancellation);
        var first = _rig.Engine.TryReserve();
        using var second = _rig.Engine.TryReserve();
        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.Null(_rig.Engine.TryReserve());

        Assert.NotEmpty(await HearAsync(await new Prompt("all-circuits-busy-now").SamplesAsync()));

        first.Dispose();
        first.Dispose();
        using var third = _rig.Engine.TryReserve();
        Assert.NotNull(third);
        Assert.Null(_rig.Engine.TryReserve());
    }

    [Fact]
    public async Task AllInUse_WhoReservedNothingIsRefused()
    {
        using var rig = new TranscriptionRig(voices: 0);

        Assert.Null(rig.Engine.TryReserve());
        await Assert.ThrowsAsync<PocketSphinxException>(() => ListAsync(rig.Engine.ListenAsync(SpokenFrames.Of([]).AtOnceAsync(), TranscriptionRig.Language, Cancellation)));
    }

    private Task<List<HeardSpeech>> HearAsync(short[] sound) => HearAsync(SpokenFrames.Of([.. sound, .. Signals.Silence(0.5)]));

    private Task<List<HeardSpeech>> HearAsync(IEnumerable<AudioFrame> frames) =>
        ListAsync(_rig.Engine.ListenAsync(frames.AtOnceAsync(), TranscriptionRig.Language, Cancellation));

    private static async Task<List<HeardSpeech>> ListAsync(IAsyncEnumerable<HeardSpeech> heard)
    {
        List<HeardSpeech> all = [];
        await foreach (var speech in heard)
        {
            all.Add(speech);
        }

        return all;
    }

    private static List<TranscribedSegment> Finals(IEnumerable<HeardSpeech> heard) => [.. heard.Where(speech => speech.IsFinal).Select(speech => speech.Segment)];

    private static string Text(IEnumerable<HeardSpeech> heard) => string.Join(' ', Finals(heard).Select(segment => segment.Text));
}
