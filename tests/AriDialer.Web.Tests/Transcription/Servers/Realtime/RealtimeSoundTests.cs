using AriDialer.Calls.Media;
using AriDialer.Testing.Speech;
using AriDialer.Web.Features.Transcription.Servers.Realtime;
using AriDialer.Web.Tests.Recording.Audio;

namespace AriDialer.Web.Tests.Transcription.Servers.Realtime;

/// <summary>What is sent is the sound, each sample of it once, at another rate.</summary>
public sealed class RealtimeSoundTests
{
    [Theory]
    [InlineData(300)]
    [InlineData(3_000)]
    [InlineData(6_500)]
    public void Tone_IsTheSameAtTheOtherRate_HoweverItComes(double frequency)
    {
        var tone = Signals.Sine(1, frequency);
        var raiser = new RateRaiser();
        List<short> raised = [];
        for (int at = 0, length = 2; at < tone.Length; at += length, length = Math.Min(2 * length, 1_600))
            raised.AddRange(raiser.Add(tone.AsSpan(at, Math.Min(length, tone.Length - at))));
        raised.AddRange(raiser.End());

        var wanted = Signals.Sine(1, frequency, rate: RateRaiser.Rate);
        Assert.Equal(wanted.Length, raised.Count);
        // Not at the ends, where there is silence beside it.
        var errors = Enumerable.Range(100, raised.Count - 200).Select(i => (double)raised[i] - wanted[i]);
        var wrong = 10 * Math.Log10(errors.Average(error => error * error) / (0.5 * 0.3 * 0.3 * 32_768 * 32_768));
        Assert.InRange(wrong, -200, -40);
    }

    [Fact]
    public async Task Speech_IsCutIntoTurns_EachSampleOnce_AtItsPlace()
    {
        // A minute with hardly a pause, and a hole of three seconds in it.
        var speech = (await new Prompt("demo-congrats").SamplesAsync()).Where((_, i) => i / 1_600 % 10 != 9).ToArray();
        var hole = speech.Length / 2 / SpokenFrames.FrameLength * SpokenFrames.FrameLength;
        const int Missing = 3 * AudioFrame.Rate;
        var cutter = new TurnCutter(_ => { });
        List<SpokenTurn> turns = [];
        foreach (var frame in SpokenFrames.Of(speech[..hole]).Concat(SpokenFrames.Of(speech[hole..], hole + Missing)))
            turns.AddRange(cutter.Add(frame));
        turns.AddRange(cutter.End());

        var (end, spoken) = (0L, 0);
        foreach (var turn in turns)
        {
            var sound = turn.With(await turn.ReadRestAsync(TestContext.Current.CancellationToken));
            Assert.True(sound.Begin >= end);
            end = sound.Begin + sound.Samples.Length;
            Assert.False(sound.Begin < hole && end > hole);
            var place = (int)(sound.Begin - (sound.Begin > hole ? Missing : 0));
            Assert.Equal(speech[place..(place + sound.Samples.Length)], sound.Samples);
            spoken += sound.Samples.Length;
        }

        Assert.InRange(turns.Count, 3, 60);
        Assert.InRange(spoken, speech.Length / 2, speech.Length);
    }
}
