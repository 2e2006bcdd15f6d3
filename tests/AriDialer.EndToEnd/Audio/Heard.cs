namespace AriDialer.EndToEnd.Audio;

/// <summary>Sound as it came out at the far end.</summary>
internal sealed record Heard(short[] Samples)
{
    // Other speech of the same person reaches half of this by chance: see VoicePrintTests.
    private const double Same = 0.6;

    /// <summary>Root mean square; speech is in the hundreds and thousands, a silent line below ten.</summary>
    public double Loudness => Samples.Length == 0 ? 0 : Math.Sqrt(Samples.Average(sample => (double)sample * sample));

    public double LikenessTo(Speech speech) => VoicePrint.Of(Samples).BestLikenessIn(VoicePrint.Of(speech.Samples));

    public bool Is(Speech speech) => Loudness > 100 && LikenessTo(speech) > Same;

    /// <summary>Something was said, and it was this and not the other.</summary>
    public void ShouldBe(Speech speech, Speech other)
    {
        Assert.True(Loudness > 100, $"It is silent: {Samples.Length} samples of loudness {Loudness:F0}.");
        var (likeness, control) = (LikenessTo(speech), LikenessTo(other));
        Assert.True(likeness > Same, $"It is not {speech.Prompt}: likeness {likeness:F2}, loudness {Loudness:F0}.");
        Assert.True(control < Same, $"It is also {other.Prompt}, which nobody said: likeness {control:F2}.");
    }

    /// <summary>There is sound, and it is none of what anybody says: music.</summary>
    public void ShouldBeMusic(params Speech[] speeches)
    {
        Assert.True(Loudness > 100, $"There is no music: {Samples.Length} samples of loudness {Loudness:F0}.");
        foreach (var speech in speeches)
            Assert.True(LikenessTo(speech) < Same, $"{speech.Prompt} is heard by one who is held: likeness {LikenessTo(speech):F2}.");
    }

    public void ShouldBeSilence() => Assert.True(Loudness < 30, $"There is sound: loudness {Loudness:F0}.");
}
