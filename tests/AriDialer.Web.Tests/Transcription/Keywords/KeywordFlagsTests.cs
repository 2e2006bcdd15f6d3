using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Features.Transcription.Keywords;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Transcription.Keywords;

/// <summary>What is flagged in stored transcripts, and where people see it.</summary>
public sealed class KeywordFlagsTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private string _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(new() { ["Transcription:PocketSphinx:ModelFolder"] = "/nowhere" });
        _alice = await _app.AddPersonAsync("Alice");
        var bob = await _app.AddPersonAsync("Bob");
        await _app.AddPersonAsync("Sam", "supervisor");
        await _app.AddTeamAsync("sales", _alice);
        await _app.WatchForAsync("cancel* my contract", KeywordTone.Risk, RecordingSide.Right);
        await _app.WatchForAsync("discount", team: "sales");
        await _app.AddRecordingAsync("hers", _alice);
        await _app.AddRecordingAsync("his", bob, minute: 1);
        await _app.SayAsync("hers", Transcribed.Left(1, "a discount"), Transcribed.Right(4, "I am cancelling"), Transcribed.Right(6, "my contract <now>"));
        await _app.SayAsync("his", Transcribed.Left(1, "a discount"));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Stored_WithTheTranscript_OfTheCallsTeams_AndReplacedWithIt()
    {
        Assert.Equal(
            [(1.5, 2, "discount", KeywordTone.Watch, RecordingSide.Left), (5, 7, "cancelling my contract", KeywordTone.Risk, RecordingSide.Right)],
            await HitsAsync("hers"));
        Assert.Empty(await HitsAsync("his"));

        await _app.SayAsync("hers", Transcribed.Left(3, "another discount"));
        Assert.Equal([(3.5, 4, "discount", KeywordTone.Watch, RecordingSide.Left)], await HitsAsync("hers"));

        await _app.Get<TranscriptStore>().FailAsync("rec-hers", _ => (null, "broken"), CancellationToken.None);
        Assert.Empty(await HitsAsync("hers"));
    }

    [Fact]
    public async Task Gone_WithTheTranscript()
    {
        await _app.DeleteSoundAsync("hers");
        await _app.Get<TranscriptStore>().DeleteAsync("rec-hers", CancellationToken.None);
        Assert.Empty(await HitsAsync("hers"));
    }

    [Fact]
    public async Task CallPage_ListsThem_LeadsToTheirMoments_AndMarksTheirWords()
    {
        var alice = await _app.SignInAsync("Alice");
        await alice.GetAsync("/history/hers");

        Assert.Contains("data-seek=\"5\" data-seek-play", alice.Html);
        Assert.Contains("cancelling my contract", alice.Text);
        Assert.Contains("<mark data-tone=\"risk\">cancelling</mark>", alice.Html);
        Assert.Contains("<mark data-tone=\"risk\">contract</mark>", alice.Html);
        Assert.Contains("<mark data-tone=\"watch\">discount</mark>", alice.Html);
        Assert.Contains(">&lt;now&gt;</a>", alice.Html);
        Assert.DoesNotContain("\">am</mark>", alice.Html);
        // Also where the engine gives no times of words.
        await _app.SayAsync("hers", (RecordingSide.Right, new TranscribedSegment(8, 12, "please cancel my contract & go", null, [])));
        await alice.GetAsync("/history/hers");
        Assert.Contains("please <mark data-tone=\"risk\">cancel</mark> <mark data-tone=\"risk\">my</mark> <mark data-tone=\"risk\">contract</mark> &amp; go", System.Text.RegularExpressions.Regex.Replace(alice.Html, @"\s+", " "));
        Assert.Contains("data-seek=\"8\" data-seek-play", alice.Html);
    }

    [Theory]
    [InlineData("Alice", true)]
    [InlineData("Sam", true)]
    [InlineData("Bob", false)]
    public async Task History_ShowsABadge_AndFilters_ForWhoMayHear(string name, bool sees)
    {
        var browser = await _app.SignInAsync(name);
        await browser.GetAsync("/history");
        Assert.Equal(sees, browser.Text.Contains("Flagged 2 times: cancel* my contract, discount"));
        await browser.GetAsync("/history?flagged=true");
        Assert.Equal((sees, false), (browser.Html.Contains("/history/hers"), browser.Html.Contains("/history/his")));
        Assert.Equal(sees ? 1 : 0, (await browser.Client.GetStringAsync("/history/export?flagged=true")).Split("\r\n").Count(line => line.StartsWith("hers,") || line.StartsWith("his,")));
    }

    [Fact]
    public async Task History_WhereAgentsMayNotListen_ShowsThemNothing()
    {
        await using var app = await TestApp.StartAsync(new() { ["Recording:AgentsMayListen"] = "false", ["Transcription:PocketSphinx:ModelFolder"] = "/nowhere" });
        await app.WatchForAsync("discount");
        await app.AddRecordingAsync("a", await app.AddPersonAsync("Alice"));
        await app.SayAsync("a", Transcribed.Left(1, "a discount"));
        var alice = await app.SignInAsync("Alice");
        await alice.GetAsync("/history");
        Assert.DoesNotContain("discount", alice.Text);
        await alice.GetAsync("/history?flagged=true");
        Assert.DoesNotContain("/history/a\"", alice.Html);
    }

    [Fact]
    public async Task Review_LooksThroughAllThatIsThere_AndSaysSo()
    {
        var sam = await _app.SignInAsync("Sam");
        await _app.WithDatabaseAsync(database => database.Keywords.ExecuteDeleteAsync());
        await _app.WatchForAsync("contract", KeywordTone.Good);
        Assert.Equal(2, (await HitsAsync("hers")).Count);

        await sam.GetAsync("/transcripts/keywords");
        Assert.Equal("/transcripts/keywords", (await sam.SendAsync("/transcripts/keywords?handler=Review")).Headers.Location?.OriginalString);
        await Some.Eventually(() => Task.FromResult(_app.Get<KeywordReview>().State is { EndedAt: not null }), "it is looked through");
        Assert.Equal([(6.5, 7, "contract", KeywordTone.Good, RecordingSide.Right)], await HitsAsync("hers"));
        await sam.GetAsync("/transcripts/keywords");
        Assert.Contains("2 transcripts were looked through.", sam.Text);
        // And again.
        _app.Get<KeywordReview>().Begin();
        await Some.Eventually(() => Task.FromResult(_app.Get<KeywordReview>().State is { EndedAt: not null, Done: 2, Total: 2 }), "it is looked through again");
    }

    private Task<List<(double, double, string, KeywordTone, RecordingSide)>> HitsAsync(string callId) => _app.WithDatabaseAsync(async database =>
        (await database.KeywordHits.Where(hit => hit.RecordingId == $"rec-{callId}").OrderBy(hit => hit.From).ToListAsync())
        .ConvertAll(hit => (hit.From, hit.To, hit.Text, hit.Tone, hit.Side)));
}
