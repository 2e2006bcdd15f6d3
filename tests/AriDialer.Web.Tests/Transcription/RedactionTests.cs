using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Transcription;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>What is left out, in the text and in the words alike.</summary>
public sealed class RedactionTests
{
    [Theory]
    [InlineData("it is 4111", "it is […]")]
    [InlineData("card 4111 1111 1111 1111 please", "card […] please")]
    [InlineData("card 4111-1111-1111-1111, please", "card […] please")]
    [InlineData("call (202) 555-0142 now", "call […] now")]
    [InlineData("four one one one", "[…]")]
    [InlineData("it is Four one ONE, one. yes", "it is […] yes")]
    [InlineData("oh double four triple five nine", "[…]")]
    [InlineData("forty one eleven", "[…]")]
    [InlineData("four-one-one-one", "[…]")]
    [InlineData("4 one 1 one", "[…]")]
    [InlineData("41 - 11", "[…]")]
    [InlineData("order AB12345 is", "order […] is")]
    [InlineData("write to jane.doe@example.com today", "write to […] today")]
    [InlineData("write to jane dot doe at example dot co dot uk today", "write to […] today")]
    [InlineData("one two three", "one two three")]
    [InlineData("call nine one one", "call nine one one")]
    [InlineData("room 415 at 10:30", "room 415 at 10:30")]
    [InlineData("two of four and six of ten", "two of four and six of ten")]
    [InlineData("five o'clock at the dot", "five o'clock at the dot")]
    [InlineData("at the office", "at the office")]
    public void Text_AndWords_LoseWhatShouldNotBeKept(string said, string kept)
    {
        var segment = Assert.Single(Redaction.Of([Transcribed.Left(1, said)])).Segment;

        Assert.Equal(kept, segment.Text);
        Assert.Equal(kept, string.Join(' ', segment.Words.Select(word => word.Text)));
    }

    [Fact]
    public void Mark_HasTheTimeOfAllThatItStandsFor()
    {
        var words = Assert.Single(Redaction.Of([Transcribed.Left(1, "is 4111 1111 yes")])).Segment.Words;

        Assert.Equal([("is", 1, 1.5), ("[…]", 1.5, 2.5), ("yes", 2.5, 3)], words.Select(word => (word.Text, word.From, word.To)));
    }

    [Fact]
    public void Number_WithAPauseInTheMiddle_IsLeftOutWhole_AndEachSideForItself()
    {
        var kept = Redaction.Of([Transcribed.Left(1, "it is four one"), Transcribed.Right(2, "one"), Transcribed.Left(3, "one one thanks"), Transcribed.Right(4, "two")]);

        Assert.Equal(["it is […]", "[…] thanks", "one", "two"], kept.OrderBy(one => one.Side).ThenBy(one => one.Segment.From).Select(one => one.Segment.Text));
    }

    [Fact]
    public void Segment_WithoutWords_StaysWithout()
    {
        var segment = new TranscribedSegment(1, 2, "it is 4111", null, []);

        var kept = Assert.Single(Redaction.Of([(RecordingSide.Right, segment)])).Segment;
        Assert.Equal(("it is […]", 0), (kept.Text, kept.Words.Count));
    }
}
