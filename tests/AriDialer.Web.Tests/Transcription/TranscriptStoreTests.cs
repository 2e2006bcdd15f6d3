using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>What is kept is what is read and found: after a change and a deletion too.</summary>
public sealed class TranscriptStoreTests : IAsyncLifetime
{
    private TestApp _app = null!;

    private TranscriptStore Store => _app.Get<TranscriptStore>();

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(new() { ["Transcription:Enabled"] = "false" });
        await _app.AddRecordingAsync("a");
        await _app.AddRecordingAsync("b");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Read_GivesBothSides_InTheOrderOfTime()
    {
        await _app.SayAsync("a", Transcribed.Right(4, "good morning"), Transcribed.Left(1, "hello there"), Transcribed.Right(2.5, "hi"));

        var transcript = await ReadAsync("a");
        Assert.Equal((TranscriptStage.Ready, "PocketSphinx", "en-US"), (transcript!.Stage, transcript.Engine, transcript.Language));
        Assert.Equal(["hello there", "hi", "good morning"], transcript.Segments.Select(segment => segment.Text));
        Assert.Equal([RecordingSide.Left, RecordingSide.Right, RecordingSide.Right], transcript.Segments.Select(segment => segment.Side));
        Assert.Equal([("hello", 1, 1.5, .9), ("there", 1.5, 2, .9)], transcript.Segments[0].Words.Select(word => (word.Text, word.From, word.To, word.Confidence!.Value)));
        Assert.Null(await ReadAsync("b"));
    }

    [Fact]
    public async Task Replace_KeepsTheNewOneOnly_AndTheIndexWithIt()
    {
        await _app.SayAsync("a", Transcribed.Left(1, "an invoice"), Transcribed.Right(3, "which invoice"));
        await _app.SayAsync("b", Transcribed.Left(1, "no invoice"));
        Assert.Equal(3, (await FoundAsync("invoice")).Count);

        await _app.SayAsync("a", Transcribed.Left(1, "a voice"));
        Assert.Equal(["a voice"], (await ReadAsync("a"))!.Segments.Select(segment => segment.Text));
        Assert.Single(await FoundAsync("invoice"));
        Assert.Single(await FoundAsync("\"a voice\""));
        await CheckIndexAsync();
    }

    [Fact]
    public async Task Update_OfAText_IsFoundByItsNewWords()
    {
        await _app.SayAsync("a", Transcribed.Left(1, "an invoice"));
        await _app.WithDatabaseAsync(database => database.TranscriptSegments.ExecuteUpdateAsync(set => set.SetProperty(segment => segment.Text, "a refund")));

        Assert.Empty(await FoundAsync("invoice"));
        Assert.Single(await FoundAsync("refund"));
        await CheckIndexAsync();
    }

    [Theory]
    [InlineData("transcript")]
    [InlineData("recording")]
    [InlineData("call")]
    public async Task Delete_OfIt_OrOfWhatItBelongsTo_TakesItFromTheIndex(string what)
    {
        await _app.SayAsync("a", Transcribed.Left(1, "an invoice"));
        await _app.SayAsync("b", Transcribed.Left(1, "no invoice"));
        await (what switch
        {
            "transcript" => Store.DeleteAsync("rec-a", CancellationToken.None),
            "recording" => _app.WithDatabaseAsync(database => database.Recordings.Where(row => row.Id == "rec-a").ExecuteDeleteAsync()),
            _ => _app.WithDatabaseAsync(database => database.Calls.Where(row => row.Id == "a").ExecuteDeleteAsync()),
        });

        Assert.Null(await ReadAsync("a"));
        Assert.Single(await FoundAsync("invoice"));
        await CheckIndexAsync();
    }

    [Fact]
    public async Task Replace_OfADeletedRecording_KeepsNothing()
    {
        await _app.DeleteSoundAsync("a");

        Assert.False(await _app.SayAsync("a", Transcribed.Left(1, "an invoice")));
        Assert.Null(await ReadAsync("a"));
        Assert.False(await _app.SayAsync("nothing", Transcribed.Left(1, "an invoice")));
    }

    [Fact]
    public async Task Index_FindsWithoutDiacritics_AndInOtherScripts()
    {
        await _app.SayAsync("a", Transcribed.Left(1, "das Café in Zürich"), Transcribed.Right(2, "привет мир"), Transcribed.Right(3, "नमस्ते दुनिया"), Transcribed.Right(4, "שלום עולם"));

        foreach (var word in new[] { "cafe", "ZURICH", "мир", "दुनिया", "שלום", "zür*" })
        {
            Assert.True((await FoundAsync(word)).Count == 1, word);
        }
    }

    [Fact]
    public async Task Replace_WithNonsense_KeepsWhatCanBeKept()
    {
        var odd = new TranscribedSegment(double.NaN, double.NegativeInfinity, " a\u0002b\n c ", double.NaN, [new TranscribedWord("\u0003", 1, 2, 7), new TranscribedWord("c", 5, 2, 7)]);
        Assert.True(await _app.SayAsync("a", (RecordingSide.Left, odd), (RecordingSide.Right, odd with { Text = " \0 " })));

        var segment = Assert.Single((await ReadAsync("a"))!.Segments);
        Assert.Equal(("a b c", 0, 0, null), (segment.Text, segment.From, segment.To, segment.Confidence));
        Assert.Equal([("c", 5, 5, 1)], segment.Words.Select(word => (word.Text, word.From, word.To, word.Confidence!.Value)));
    }

    private Task<TranscriptEntry?> ReadAsync(string callId) => Store.ReadAsync($"rec-{callId}", CancellationToken.None);

    private Task<List<long>> FoundAsync(string typed)
    {
        var phrase = SearchPhrase.Of(typed);
        return _app.WithDatabaseAsync(database =>
            database.Database.SqlQuery<long>($"""SELECT rowid AS "Value" FROM "TranscriptIndex" WHERE "TranscriptIndex" MATCH {phrase}""").ToListAsync());
    }

    // Throws where the index and the table differ.
    private Task<int> CheckIndexAsync() => _app.WithDatabaseAsync(database =>
        database.Database.ExecuteSqlRawAsync("""INSERT INTO "TranscriptIndex"("TranscriptIndex", rank) VALUES ('integrity-check', 1)"""));
}
