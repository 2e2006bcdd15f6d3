using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>Whatever is typed is words, and never the index's own language.</summary>
public sealed class SearchPhraseTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("  ", null)]
    [InlineData("\"", null)]
    [InlineData("* - : ^ () +", null)]
    [InlineData("🎉", null)]
    [InlineData("invoice", "\"invoice\"")]
    [InlineData(" two  words ", "\"two\" \"words\"")]
    [InlineData("deliver*", "\"deliver\"*")]
    [InlineData("deliver** now", "\"deliver\"* \"now\"")]
    [InlineData("\"next week\"", "\"next week\"")]
    [InlineData("\"next we\"* x", "\"next we\"* \"x\"")]
    [InlineData("one \"two", "\"one\" \"\"\"two\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("NEAR(a b)", "\"NEAR(a\" \"b)\"")]
    [InlineData("a AND NOT b", "\"a\" \"AND\" \"NOT\" \"b\"")]
    [InlineData("Text: x", "\"Text:\" \"x\"")]
    [InlineData("-x ^y", "\"-x\" \"^y\"")]
    [InlineData("a\0b", "\"a b\"")]
    public void Of_QuotesEachWord(string? typed, string? phrase) => Assert.Equal(phrase, SearchPhrase.Of(typed));

    [Fact]
    public void Of_ALongText_IsCut() => Assert.Equal(SearchPhrase.LongestText + 2, SearchPhrase.Of(new string('x', 500))!.Length);

    [Fact]
    public async Task Of_AnythingAtAll_IsAQuestionThatTheIndexTakes()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddRecordingAsync("a");
        await app.SayAsync("a", Transcribed.Left(1, "near and not or text"));
        string[] pieces = ["\"", "*", "NEAR(", ")", "-", ":", "Text", "{", "}", "^", "+", "AND", "or", "NOT", " ", "\t", "\0", "'", ";--", "%", "\\", "é", "́", "日本", "नम", "🎉", "\ud83d", "x", "1"];
        var random = new Random(7);
        await app.WithDatabaseAsync(async database =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                var typed = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
                if (SearchPhrase.Of(typed) is { } phrase)
                    await database.Database.SqlQuery<long>($"""SELECT rowid AS "Value" FROM "TranscriptIndex" WHERE "TranscriptIndex" MATCH {phrase}""").ToListAsync();
            }

            return true;
        });
    }
}
