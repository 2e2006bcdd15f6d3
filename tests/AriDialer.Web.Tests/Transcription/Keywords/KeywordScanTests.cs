using System.Diagnostics;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Features.Transcription.Keywords;

namespace AriDialer.Web.Tests.Transcription.Keywords;

/// <summary>What is found in what is said.</summary>
public sealed class KeywordScanTests
{
    [Theory]
    [InlineData("cancel", "I want to CANCEL, please", "CANCEL,")]
    [InlineData("cancel", "this was cancelled", null)]
    [InlineData("cancel", "I can cel", null)]
    [InlineData("cancel*", "this was cancelled today", "cancelled")]
    [InlineData("cancel*", "a cancan", null)]
    [InlineData("cancel my contract", "so cancel, my... contract!", "cancel, my... contract!")]
    [InlineData("cancel my contract", "cancel the contract", null)]
    [InlineData("cancel* my contract", "cancelling my contract then", "cancelling my contract")]
    [InlineData("cafe", "at the Café", "Café")]
    [InlineData("CAFÉ", "the cafe is shut", "cafe")]
    [InlineData("resume", "a re\u0301sume\u0301", "re\u0301sume\u0301")]
    [InlineData("žluťoučký", "zlutoucky", "zlutoucky")]
    [InlineData("don't know", "I don’t know", "don’t know")]
    [InlineData("e-mail", "send an e mail", "e mail")]
    [InlineData("straße", "die STRASSE nicht, die Straße", "Straße")]
    [InlineData("no no", "no no no", "no no|no no")]
    [InlineData("отмен*", "я хочу Отменить", "Отменить")]
    [InlineData("be be*", "to be because", "be because")]
    public void Phrase_IsFound_AsWholeWordsInOrder(string phrase, string text, string? found) =>
        Assert.Equal(found ?? "", string.Join('|', Scan(phrase).Next(Unworded(1, text)).Select(hit => hit.Text)));

    [Fact]
    public void Hit_HasTheTimesOfItsWords_OrOfItsSegment()
    {
        var hit = Assert.Single(Scan("my contract").Next(Transcribed.Segment(10, "cancel my contract")));
        Assert.Equal((10.5, 11.5, "my contract"), (hit.From, hit.To, hit.Text));

        hit = Assert.Single(Scan("my contract").Next(Unworded(10, "cancel my contract")));
        Assert.Equal((10, 12), (hit.From, hit.To));
    }

    [Fact]
    public void Phrase_GoesOnInTheNextSegment_ButNotOverTwo_NorOverALongPause()
    {
        var scan = Scan("cancel my contract");
        Assert.Empty(scan.Next(Transcribed.Segment(1, "I will cancel")));
        var hit = Assert.Single(scan.Next(Transcribed.Segment(4, "my contract now")));
        Assert.Equal((2, 5, "cancel my contract"), (hit.From, hit.To, hit.Text));

        scan = Scan("cancel my contract");
        Assert.Empty(new[] { Transcribed.Segment(1, "cancel"), Transcribed.Segment(2, "my"), Transcribed.Segment(3, "contract") }.SelectMany(scan.Next));

        scan = Scan("cancel my contract");
        Assert.Empty(new[] { Transcribed.Segment(1, "cancel"), Transcribed.Segment(9, "my contract") }.SelectMany(scan.Next));
    }

    [Fact]
    public void Phrases_ThatShareWords_AreEachFound()
    {
        var trie = new KeywordTrie();
        foreach (var phrase in new[] { "cancel", "cancel my", "cancel my contract", "my", "my co*" })
            Assert.True(trie.TryAdd(Of(phrase)));
        Assert.False(trie.TryAdd(Of("… !")));

        var hits = new KeywordScan(trie, RecordingSide.Left).Next(Unworded(0, "cancel my contract"));
        Assert.Equal(["cancel", "cancel my", "cancel my contract", "my", "my co*"], hits.Select(hit => hit.Keyword.Phrase).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AThousandPhrases_InAnHoursWords_TakeMilliseconds()
    {
        var random = new Random(1);
        var words = Enumerable.Range(0, 3_000).Select(_ => new string([.. Enumerable.Range(0, random.Next(3, 10)).Select(_ => (char)('a' + random.Next(26)))])).ToArray();
        string Say(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)]));
        var trie = new KeywordTrie();
        for (var i = 0; i < 1_000; i++)
            trie.TryAdd(Of(i % 5 == 0 ? Say(1)[..3] + "*" : Say(random.Next(1, 4))));
        var segments = Enumerable.Range(0, 1_000).Select(i => Transcribed.Segment(i * 3, Say(10))).ToList();
        _ = segments.SelectMany(new KeywordScan(trie, RecordingSide.Left).Next).Count();

        var started = Stopwatch.GetTimestamp();
        var found = segments.SelectMany(new KeywordScan(trie, RecordingSide.Left).Next).Count();
        var took = Stopwatch.GetElapsedTime(started);

        TestContext.Current.TestOutputHelper?.WriteLine($"1,000 phrases in 1,000 segments of 10 words: {took.TotalMilliseconds:0.0} ms, {found} found");
        Assert.InRange(found, 100, 20_000);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    private static KeywordScan Scan(string phrase)
    {
        var trie = new KeywordTrie();
        Assert.True(trie.TryAdd(Of(phrase)));
        return new KeywordScan(trie, RecordingSide.Left);
    }

    private static Keyword Of(string phrase) => new(phrase, KeywordTone.Watch, null, null);

    private static TranscribedSegment Unworded(double from, string text) => new(from, from + 2, text, null, []);
}
