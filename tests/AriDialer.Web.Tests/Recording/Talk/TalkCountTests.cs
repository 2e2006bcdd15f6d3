using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Recording.Talk;
using static AriDialer.Web.Features.Recording.Audio.RecordingSide;

namespace AriDialer.Web.Tests.Recording.Talk;

/// <summary>Who talked, counted where it is known to the frame.</summary>
public sealed class TalkCountTests
{
    [Fact]
    public void Parts_AddUpToTheWhole_AndPausesAreNoPart()
    {
        var talk = Of(20, [(Left, 0, 6), (Right, 5, 9), (Left, 12, 14)], pauses: [(15, 18)]);

        Assert.Equal((17, 7, 3, 1, 6), (talk.Seconds, talk.LeftSeconds, talk.RightSeconds, talk.BothSeconds, talk.SilentSeconds));
        Assert.Equal(new TalkStretch(9, 3), talk.Silence);
    }

    [Fact]
    public void Silence_IsNotLongerByAPause()
    {
        var talk = Of(20, [(Left, 0, 1), (Left, 8, 9)], pauses: [(3, 6)]);
        Assert.Equal(new TalkStretch(9, 11), talk.Silence);
        Assert.Equal(new TalkStretch(6, 2), Of(9, [(Left, 0, 5), (Left, 8, 9)], pauses: [(5, 6)]).Silence);
    }

    [Fact]
    public void Gaps_BetweenWordsAreTalk_AndAClickIsNone()
    {
        var talk = Of(10, [(Left, 1, 2), (Left, 2.18, 3), (Right, 5, 5.08)]);

        Assert.Equal((2, 0, 8), (talk.LeftSeconds, talk.RightSeconds, talk.SilentSeconds));
        Assert.Equal((1, 0), (talk.Left.Turns, talk.Right.Turns));
    }

    [Fact]
    public void Turns_ChangeWithWhoSpeaks()
    {
        var talk = Of(30, [(Left, 0, 3), (Right, 4, 4.5), (Left, 5, 8), (Left, 12, 14), (Right, 15, 20)]);

        Assert.Equal((2, 2), (talk.Left.Turns, talk.Right.Turns));
        Assert.Equal((0, 0), (talk.Left.Interruptions, talk.Right.Interruptions));
    }

    [Fact]
    public void Word_WhileTheOtherSideGoesOn_IsNoTurnAndNoInterruption_ButIsTalk()
    {
        var talk = Of(12, [(Left, 0, 10), (Right, 4, 4.6)]);

        Assert.Equal((1, 0, 0), (talk.Left.Turns, talk.Right.Turns, talk.Right.Interruptions));
        Assert.Equal(0.6, talk.BothSeconds);
        Assert.Equal(new TalkStretch(0, 10), talk.Left.Monologue);
        // Also where it falls into a breath.
        Assert.Equal(0, Of(12, [(Left, 0, 4), (Left, 4.6, 10), (Right, 4.05, 4.5)]).Right.Turns);
    }

    [Theory]
    [InlineData(1.5, 1)]
    [InlineData(0.9, 0)]
    public void Interruption_GoesOnForASecond(double length, int interruptions) =>
        Assert.Equal(interruptions, Of(12, [(Left, 0, 5), (Right, 4.5, 4.5 + length)]).Right.Interruptions);

    [Fact]
    public void Interruption_IsNone_WhereTheOtherSideWasAboutToEnd() =>
        Assert.Equal((0, 1), (Of(12, [(Left, 0, 5), (Right, 4.9, 8)]).Right.Interruptions, Of(12, [(Left, 0, 5), (Right, 4.9, 8)]).Right.Turns));

    [Fact]
    public void Interruptions_OfBothSides_AreToldApart_AndOneIsOne()
    {
        // It goes on in several breaths, and is still one; then the first one takes its turn back by the same means.
        var talk = Of(30, [(Left, 0, 10), (Right, 5, 8), (Right, 8.9, 12), (Left, 11, 14)]);

        Assert.Equal((1, 1), (talk.Left.Interruptions, talk.Right.Interruptions));
        Assert.Equal((2, 1), (talk.Left.Turns, talk.Right.Turns));
        Assert.Equal(new TalkStretch(0, 5), talk.Left.Monologue);
        Assert.Equal(new TalkStretch(5, 6), talk.Right.Monologue);
    }

    [Fact]
    public void Monologue_EndsWithAPauseOfTwoSeconds_AndWithOneOfTheRecording()
    {
        Assert.Equal(new TalkStretch(0, 6.5), Of(20, [(Left, 0, 3), (Left, 4.5, 6.5), (Left, 9, 12)]).Left.Monologue);
        Assert.Equal(new TalkStretch(5, 5), Of(20, [(Left, 0, 10)], pauses: [(4, 5)]).Left.Monologue);
    }

    [Fact]
    public void Nobody_IsSilenceAlone()
    {
        var talk = Of(4, []);
        Assert.Equal((4, 4, new TalkStretch(0, 4)), (talk.Seconds, talk.SilentSeconds, talk.Silence));
        Assert.Equal(0, TalkCount.Of([]).Seconds);
    }

    private static TalkFigures Of(double seconds, (RecordingSide Side, double From, double To)[] said, (double From, double To)[]? pauses = null)
    {
        var frames = new Heard[At(seconds)];
        foreach (var (side, from, to) in said)
        {
            for (var i = At(from); i < At(to); i++)
                frames[i] |= side == Left ? Heard.Left : Heard.Right;
        }

        foreach (var (from, to) in pauses ?? [])
            Array.Fill(frames, Heard.Paused, At(from), At(to) - At(from));
        return TalkCount.Of(frames);
    }

    private static int At(double second) => (int)Math.Round(second * VoiceMeter.FramesPerSecond);
}
