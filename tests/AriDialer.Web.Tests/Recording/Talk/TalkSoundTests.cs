using AriDialer.Testing.Speech;
using AriDialer.Web.Features.Recording.Talk;
using AriDialer.Web.Tests.Recording.Audio;
using static AriDialer.Web.Features.Recording.Audio.RecordingSide;

namespace AriDialer.Web.Tests.Recording.Talk;

/// <summary>Who talked, from the sound of both sides, in the pass that joins them.</summary>
public sealed class TalkSoundTests : IDisposable
{
    private readonly TrackFolder _call = new();

    public void Dispose() => _call.Dispose();

    [Fact]
    public async Task RealSpeech_IsMeasuredToAFewTenthsOfASecond()
    {
        var (goodbye, menu) = (await SpokenAsync("vm-goodbye"), await SpokenAsync("vm-options"));
        var (brief, long_) = (Seconds(goodbye), Seconds(menu));
        // One side says goodbye, then the other one speaks for long, into which the first one says a word; nobody speaks at the end.
        _call.Add(Left, 0, [.. Signals.Silence(1), .. goodbye, .. Signals.Silence(3), .. goodbye, .. Signals.Silence(long_ + 4)]);
        _call.Add(Right, 0, [.. Signals.Silence(1 + brief + 1.5), .. menu]);

        var talk = await TalkAsync();

        var overlap = Math.Min(brief, brief + long_ + 2.5 - (brief + 4));
        Near(brief, talk.LeftSeconds + talk.BothSeconds - overlap, 0.3);
        Near(overlap, talk.BothSeconds, 0.35);
        Near(long_ - overlap, talk.RightSeconds, 0.15 * long_);
        Assert.Equal((1, 1, 0), (talk.Left.Turns, talk.Right.Turns, talk.Left.Interruptions + talk.Right.Interruptions));
        Near(long_, talk.Right.Monologue.Seconds, 0.4);
        Near(brief + 2.5, talk.Right.Monologue.From, 0.2);
        Near(talk.Seconds - (brief + 2.5 + long_), talk.Silence.Seconds, 0.3);
        Near(brief + 2.5 + long_, talk.Silence.From, 0.3);
    }

    [Fact]
    public async Task RealSpeech_ThatTakesTheTurn_IsAnInterruption()
    {
        var (menu, other) = (await SpokenAsync("vm-options"), await SpokenAsync("demo-congrats"));
        _call.Add(Left, 0, menu);
        _call.Add(Right, 0, [.. Signals.Silence(2), .. other]);

        var talk = await TalkAsync();

        Assert.Equal((0, 1), (talk.Left.Interruptions, talk.Right.Interruptions));
        Near(2, talk.Left.Monologue.Seconds, 0.3);
    }

    [Fact]
    public async Task Noise_BehindAVoice_IsNoTalk()
    {
        var goodbye = await SpokenAsync("vm-goodbye");
        short[] sound = [.. Signals.Silence(8), .. goodbye, .. Signals.Silence(4)];
        // A hiss at -44 dB, as of a fan beside a headset: louder than a low voice.
        var noise = Signals.Noise(Seconds(sound), 7).Select(sample => (short)(sample / 27)).ToArray();
        _call.Add(Left, 0, [.. sound.Zip(noise, (one, other) => (short)(one + other))]);
        _call.Add(Right, 0, Signals.Silence(Seconds(sound)));

        var talk = await TalkAsync();

        // Until it is known for what it is, which takes seconds, it may be taken for a voice.
        Near(Seconds(goodbye), talk.LeftSeconds, 3.5);
        Assert.InRange(talk.Silence.Seconds, 3, 8);
    }

    [Fact]
    public async Task Pause_IsNeitherTalkNorSilence()
    {
        var menu = await SpokenAsync("vm-options");
        _call.Add(Left, 0, menu);
        _call.Add(Right, 0, Signals.Silence(Seconds(menu)));
        _call.Pause(1, 3);

        var talk = await TalkAsync();

        Near(Seconds(menu) - 2, talk.Seconds, 0.05);
        Assert.InRange(talk.LeftSeconds, 0.8 * talk.Seconds, talk.Seconds);
        Assert.Equal(2, (await TalkAsync()).Left.Turns);
    }

    [Fact]
    public async Task TrackThatBeginsLater_IsSilentUntilThen_AndOneOf8KilohertzCountsTheSame()
    {
        _call.Add(Left, 0, Signals.Noise(1, 1), rate: 8_000);
        _call.Add(Right, 3, Signals.Noise(2, 2));

        var talk = await TalkAsync();

        Near(2, talk.LeftSeconds, 0.05);
        Near(2, talk.RightSeconds, 0.05);
        Near(1, talk.Silence.Seconds, 0.05);
    }

    private async Task<TalkFigures> TalkAsync() => TalkCount.Of((await _call.MixAsync()).Mix.Voices.Frames);

    private static void Near(double expected, double actual, double within) => Assert.InRange(actual, expected - within, expected + within);

    private static double Seconds(short[] sound) => (double)sound.Length / Signals.Rate;

    // From its first to its last loud sample.
    private static async Task<short[]> SpokenAsync(string name)
    {
        var sound = await new Prompt(name).SamplesAsync();
        return sound[Array.FindIndex(sound, sample => Math.Abs((int)sample) > 800)..(Array.FindLastIndex(sound, sample => Math.Abs((int)sample) > 800) + 1)];
    }
}
