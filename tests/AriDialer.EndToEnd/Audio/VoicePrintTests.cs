namespace AriDialer.EndToEnd.Audio;

/// <summary>That the ear of these tests can tell one speech from another: without it, no audio test would mean anything.</summary>
public sealed class VoicePrintTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(7, 3)]
    [InlineData(1, 5)]
    public void Heard_SameSpeechLateQuietAndThroughACodec_IsRecognised(int fromSecond, int seconds)
    {
        var heard = Excerpt(Speech.Congratulations, fromSecond, seconds);
        Assert.True(heard.Is(Speech.Congratulations), $"{heard.LikenessTo(Speech.Congratulations)}");
    }

    [Fact]
    public void Heard_OtherSpeechOfTheSamePerson_IsNot()
    {
        for (var second = 0; second < 10; second += 2)
        {
            Assert.InRange(Excerpt(Speech.Congratulations, second, 3).LikenessTo(Speech.Instructions), -1, 0.5);
            Assert.InRange(Excerpt(Speech.Instructions, second, 3).LikenessTo(Speech.Congratulations), -1, 0.5);
            Assert.InRange(Excerpt(Speech.Instructions, second, 3).LikenessTo(Speech.Menu), -1, 0.5);
        }
    }

    [Fact]
    public void Heard_Silence_IsNoSpeech() => Assert.False(new Heard(new short[3 * Speech.Rate]).Is(Speech.Congratulations));

    [Fact]
    public void MuLaw_EachCode_DecodesToWhatEncodesToIt()
    {
        for (var code = 0; code < 256; code++)
        {
            // Two codes mean zero.
            if (code != 0x7F)
                Assert.Equal(code, MuLaw.Encode(MuLaw.Decode((byte)code)));
        }
    }

    private static Heard Excerpt(Speech speech, int fromSecond, int seconds)
    {
        var samples = speech.Samples.AsSpan(fromSecond * Speech.Rate + 777, seconds * Speech.Rate);
        return new Heard([.. samples.ToArray().Select(sample => MuLaw.Decode(MuLaw.Encode((short)(sample * 0.4))))]);
    }
}
