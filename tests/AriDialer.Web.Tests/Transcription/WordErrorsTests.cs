using AriDialer.Testing.Speech;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>The measure by which engines are judged.</summary>
public sealed class WordErrorsTests
{
    [Theory]
    [InlineData("all is well", "all is well", 0, 0, 0)]
    [InlineData("All is well.", "all, IS well!", 0, 0, 0)]
    [InlineData("press 1 now", "press one now", 0, 0, 0)]
    [InlineData("all is well", "all was well", 1, 0, 0)]
    [InlineData("all is well", "all well", 0, 1, 0)]
    [InlineData("all is well", "all is so well", 0, 0, 1)]
    [InlineData("all is well", "", 0, 3, 0)]
    [InlineData("", "hello there", 0, 0, 2)]
    [InlineData("the caller's party", "the callers party", 1, 0, 0)]
    [InlineData("one two three four five", "two three six five five", 1, 1, 1)]
    public void Counts(string said, string understood, int wrong, int missing, int added)
    {
        var errors = WordErrors.Of(said, understood);

        Assert.Equal((wrong, missing, added), (errors.Wrong, errors.Missing, errors.Added));
    }

    [Fact]
    public void Rate_IsOfTheWordsThatWereSaid()
    {
        Assert.Equal(2 / 3.0, WordErrors.Of("all is well", "all was so well").Rate, 6);
        Assert.Equal(2, WordErrors.Of("no", "yes yes yes no").Rate + WordErrors.Of("no", "no").Rate - 1);
        Assert.Equal(0, WordErrors.None.Rate);
        Assert.Equal(1, WordErrors.Of("", "something").Rate);
        Assert.Equal(0.5, (WordErrors.Of("a b", "a b") + WordErrors.Of("c d", "x y")).Rate);
    }
}
