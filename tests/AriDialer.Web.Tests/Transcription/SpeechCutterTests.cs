using AriDialer.Calls.Media;
using AriDialer.Web.Features.Transcription.Engines;
using AriDialer.Web.Tests.Recording.Audio;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>Where somebody speaks: nothing of it is lost, and what isn't speech is left out.</summary>
public sealed class SpeechCutterTests
{
    [Fact]
    public void Pauses_CutSpeechIntoUtterances()
    {
        var utterances = Cut([.. Signals.Silence(2), .. Babble(1.5), .. Signals.Silence(0.6), .. Babble(2), .. Signals.Silence(3)]);

        Assert.Equal([1.75, 3.85], utterances.Select(utterance => (double)utterance.Begin / Signals.Rate), (a, b) => Math.Abs(a - b) < 0.05);
        Assert.Equal([1.9, 2.4], utterances.Select(utterance => (double)utterance.Samples.Length / Signals.Rate), (a, b) => Math.Abs(a - b) < 0.1);
    }

    [Fact]
    public void SpeechWithoutPause_IsCutWhereItIsQuietAndNothingIsLost()
    {
        // 60 s, with a dip of 60 ms each 1.3 s.
        var sound = Babble(60);
        for (var dip = 0.5; dip < 59; dip += 1.3)
            sound.AsSpan((int)(dip * Signals.Rate), Signals.Rate * 6 / 100).Clear();

        var utterances = Cut(sound);

        Assert.All(utterances, utterance => Assert.InRange(utterance.Samples.Length, 0, 12 * Signals.Rate));
        Assert.Equal(sound, utterances.SelectMany(utterance => utterance.Samples));
        Assert.All(utterances.Zip(utterances.Skip(1)), pair => Assert.Equal(pair.First.Begin + pair.First.Samples.Length, pair.Second.Begin));
        Assert.All(utterances.Skip(1), utterance => Assert.Contains((short)0, sound[(int)(utterance.Begin - 200)..(int)(utterance.Begin + 200)]));
    }

    [Fact]
    public void SpeechAboveNoise_IsFoundAfterTheNoiseIsKnown()
    {
        var noise = Signals.Noise(30, seed: 9).Select(sample => (short)(sample / 60)).ToArray();
        var babble = Babble(2);
        for (var i = 0; i < babble.Length; i++)
            noise[20 * Signals.Rate + i] += babble[i];

        var utterance = Assert.Single(Cut(noise));

        Assert.Equal(19.75, (double)utterance.Begin / Signals.Rate, tolerance: 0.05);
    }

    [Fact]
    public void Utterance_BeginsAtItsPlaceInTheSound()
    {
        short[] sound = [.. Signals.Silence(7), .. Babble(3), .. Signals.Silence(1)];

        var utterance = Assert.Single(Cut(sound));

        Assert.Equal(sound[(int)utterance.Begin..((int)utterance.Begin + utterance.Samples.Length)], utterance.Samples);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(320, 1)]
    [InlineData(4800, 1)]
    [InlineData(8000, 2)]
    public void Tap_OnlyAHoleAsLongAsAPauseEndsAnUtterance(int step, int expected)
    {
        // In the middle of what is said, places go on as they do, lie a little before the end of the last frame, or jump.
        var utterances = CutTap([.. Signals.Silence(2), .. Babble(3), .. Signals.Silence(2)], step);

        Assert.Equal(expected, utterances.Count);
        var length = utterances[^1].Begin + utterances[^1].Samples.Length - utterances[0].Begin;
        Assert.Equal(3.4 + (double)Math.Max(step, 0) / Signals.Rate, (double)length / Signals.Rate, tolerance: 0.06);
    }

    [Fact]
    public void Tap_BehindAHoleOnANoisyLine_APauseStillEndsAnUtterance()
    {
        short[] sound = [.. Babble(4), .. Signals.Silence(1), .. Babble(1), .. Signals.Silence(1)];
        var noise = Signals.Noise(7, seed: 3);
        for (var i = 0; i < sound.Length; i++)
            sound[i] += (short)(noise[i] / 40);

        var utterances = CutTap([.. noise.Select(sample => (short)(sample / 40)), .. sound], step: 3200, at: 450);

        Assert.Equal(2, utterances.Count);
    }

    [Fact]
    public void Tap_AHoleInAToneAsLoudAsCanBe_IsFilled() =>
        Assert.Empty(CutTap([.. Enumerable.Range(0, 60 * Signals.Rate).Select(i => i % 32 < 16 ? short.MaxValue : short.MinValue)], step: 320, at: 2900));

    private static List<Utterance> CutTap(short[] sound, int step, int at = 175)
    {
        var cutter = new TapCutter();
        List<Utterance> utterances = [];
        var begin = 0L;
        for (var n = 0; n < sound.Length / 320; n++)
        {
            begin += n == at ? step : 0;
            cutter.Add(new AudioFrame(default, begin, sound[(n * 320)..((n + 1) * 320)]), over =>
            {
                if (over is not null)
                    utterances.Add(over);
            });
            begin += 320;
        }

        return utterances;
    }

    // Louder and quieter four times a second, as syllables are.
    private static short[] Babble(double seconds) =>
        [.. Signals.Noise(seconds, seed: 7).Select((sample, i) => (short)(sample * (0.1 + 0.4 * Math.Pow(Math.Sin(Math.PI * 4 * i / Signals.Rate), 2))))];

    private static List<Utterance> Cut(short[] sound)
    {
        var cutter = new SpeechCutter();
        List<Utterance> utterances = [];
        for (var begin = 0; begin < sound.Length; begin += SpeechCutter.FrameLength)
        {
            if (cutter.Add(sound.AsSpan(begin, SpeechCutter.FrameLength)) is { } utterance)
                utterances.Add(utterance);
        }

        if (cutter.End() is { } last)
            utterances.Add(last);
        return utterances;
    }
}
