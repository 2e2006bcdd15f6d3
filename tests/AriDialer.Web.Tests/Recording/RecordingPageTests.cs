using System.Net;
using System.Text;
using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording;
using AriDialer.Web.Features.Recording.Storage;
using AriDialer.Web.Features.Recording.Talk;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Recording;

/// <summary>Who may hear a recording, and what people do with it on the call's page.</summary>
public sealed class RecordingPageTests : IAsyncLifetime
{
    private static readonly byte[] Sound = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 40_000).Select(n => $"{n} ")));
    private TestApp _app = null!;
    private string _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _alice = await _app.AddPersonAsync("Alice", number: "+12025550101");
        await _app.AddPersonAsync("Bob", number: "+12025550102");
        await _app.AddPersonAsync("Sam", "supervisor");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Page_OfWhoTookPart_HasThePlayer()
    {
        var id = await KeepAsync();
        var alice = await _app.SignInAsync("Alice");
        await alice.GetAsync("/history/a");

        Assert.Contains($"/recordings/{id}/audio", alice.Html);
        Assert.Contains("data-left=\"Alice\"", alice.Html);
        Assert.Contains("Paused from 0:02 to 0:04", alice.Text);
        Assert.DoesNotContain("Download", alice.Text);
        Assert.DoesNotContain("legal hold", alice.Text);
    }

    [Fact]
    public async Task Audio_WholeAndInParts_IsPlayed_AndWrittenDownOnce()
    {
        var id = await KeepAsync();
        var alice = await _app.SignInAsync("Alice");
        var all = await alice.Client.GetAsync($"/recordings/{id}/audio");
        Assert.Equal(Sound, await all.Content.ReadAsByteArrayAsync());
        Assert.Equal(("audio/ogg", true), (all.Content.Headers.ContentType?.MediaType, all.Headers.CacheControl?.NoStore));

        var part = await HearAsync(alice, id, "bytes=70000-70999");
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(Sound[70_000..71_000], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal([$"{AuditActions.RecordingPlayed} call a"], await AuditAsync());

        var end = await HearAsync(alice, id, "bytes=-999999999");
        Assert.Equal(Sound, await end.Content.ReadAsByteArrayAsync());
        Assert.Equal(2, (await AuditAsync()).Count);
    }

    [Fact]
    public async Task Page_SaysWhoTalked_WithMomentsThatLeadIntoThePlayer()
    {
        var id = await KeepAsync();
        var alice = await _app.SignInAsync("Alice");
        await alice.GetAsync("/history/a");
        Assert.DoesNotContain("id=\"talk\"", alice.Html);

        await _app.WithDatabaseAsync(async database =>
        {
            database.TalkFigures.Add(TalkEntry.Of(id, new TalkFigures(
                58, 29, 11.6, 5.8, 11.6, new TalkStretch(40.5, 6), new SideTalk(4, 0, new TalkStretch(1, 12)), new SideTalk(3, 2, new TalkStretch(20.25, 9)))));
            return await database.SaveChangesAsync();
        });
        await alice.GetAsync("/history/a");
        Assert.Contains("Only Alice spoke 50\u00A0% of the time, both spoke at once 10\u00A0% of the time, only +44 20 7946 0123 spoke", alice.Text.Replace("Jane", "+44 20 7946 0123"));
        Assert.Contains("<tr><th scope=\"row\">Talked</th><td>60\u00A0% (0:34)</td><td>30\u00A0% (0:17)</td></tr>", alice.Text);
        Assert.Contains("<tr><th scope=\"row\">Listened</th><td>20\u00A0% (0:11)</td><td>50\u00A0% (0:29)</td></tr>", alice.Text);
        Assert.Contains("<td>never</td><td>twice</td>", alice.Text);
        Assert.Contains("data-seek=\"20.25\"", alice.Html);
        Assert.Contains("data-seek=\"40.5\"", alice.Html);
    }

    [Fact]
    public async Task SomebodyWhoDidNotTakePart_FindsNothing_AndASupervisorAll()
    {
        var id = await KeepAsync();
        var bob = await _app.SignInAsync("Bob");
        foreach (var path in new[] { "audio", "waveform", "file" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await bob.Client.GetAsync($"/recordings/{id}/{path}")).StatusCode);
        }

        await bob.GetAsync("/profile");
        Assert.Equal(HttpStatusCode.NotFound, (await bob.SendAsync("/history/a/recording?handler=Comment", ("at", "1"), ("text", "mine"))).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await _app.NewBrowser().Client.GetAsync($"/recordings/{id}/audio")).StatusCode);

        // Nor does who was rung along, and sees the call itself.
        await _app.WithDatabaseAsync(async database =>
        {
            database.CallParticipants.Add(new CallParticipant { CallId = "a", ChannelId = "his", UserId = (await database.Users.SingleAsync(user => user.DisplayName == "Bob")).Id });
            return await database.SaveChangesAsync();
        });
        await bob.GetAsync("/history/a");
        Assert.Contains("Jane", bob.Text);
        Assert.DoesNotContain("/recordings/", bob.Html);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.Client.GetAsync($"/recordings/{id}/audio")).StatusCode);

        var sam = await _app.SignInAsync("Sam");
        var copy = await sam.Client.GetAsync($"/recordings/{id}/file");
        Assert.Equal(Sound, await copy.Content.ReadAsByteArrayAsync());
        Assert.Equal("call-a.ogg", copy.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal([$"{AuditActions.RecordingDownloaded} call a"], await AuditAsync());
    }

    [Fact]
    public async Task Agents_WhoMayNotListen_DoNot()
    {
        await using var strict = await TestApp.StartAsync(new() { ["Recording:AgentsMayListen"] = "false" });
        await strict.AddPersonAsync("Alice", number: "+12025550101");
        var alice = await strict.SignInAsync("Alice");
        var id = await KeepAsync(strict, await strict.WithDatabaseAsync(database => database.Users.Where(user => user.DisplayName == "Alice").Select(user => user.Id).SingleAsync()));

        Assert.Equal(HttpStatusCode.NotFound, (await alice.Client.GetAsync($"/recordings/{id}/audio")).StatusCode);
        await alice.GetAsync("/history/a");
        Assert.DoesNotContain("recording-head", alice.Html);
    }

    [Fact]
    public async Task Comments_AreWrittenAtAMoment_AndDeletedByTheirAuthor()
    {
        await KeepAsync();
        var alice = await _app.SignInAsync("Alice");
        await alice.PostAsync("/history/a", ("Text", ""));
        await alice.SendAsync("/history/a/recording?handler=Comment", ("at", "3.5"), ("text", "<b>Here</b> they agree"));
        await alice.GetAsync("/history/a");
        Assert.Contains("&lt;b&gt;Here&lt;/b&gt; they agree", alice.Html);
        Assert.Contains("data-at=\"3.5\"", alice.Html);

        var comment = (await _app.WithDatabaseAsync(database => database.RecordingComments.SingleAsync())).Id;
        var sam = await _app.SignInAsync("Sam");
        await sam.GetAsync("/history/a");
        await sam.SendAsync("/history/a/recording?handler=DeleteComment", ("id", $"{comment}"));
        Assert.Equal(1, await _app.WithDatabaseAsync(database => database.RecordingComments.CountAsync()));
        await alice.SendAsync("/history/a/recording?handler=DeleteComment", ("id", $"{comment}"));
        Assert.Equal(0, await _app.WithDatabaseAsync(database => database.RecordingComments.CountAsync()));
    }

    [Theory]
    [InlineData("x", "words", "Say at which second")]
    [InlineData("1", "  ", "Write something first")]
    public async Task Comment_ThatIsNone_IsRefusedWithASentence(string at, string text, string sentence)
    {
        await KeepAsync();
        var alice = await _app.SignInAsync("Alice");
        await alice.GetAsync("/history/a");
        Assert.Equal("/history/a#recording", (await alice.SendAsync("/history/a/recording?handler=Comment", ("at", at), ("text", text))).Headers.Location?.ToString());
        await alice.GetAsync("/history/a");
        Assert.Contains(sentence, alice.Text);
    }

    [Fact]
    public async Task LegalHold_IsForSupervisors_AndWrittenDown()
    {
        await KeepAsync();
        var alice = await _app.SignInAsync("Alice");
        await alice.GetAsync("/history/a");
        await alice.SendAsync("/history/a/recording?handler=Hold");
        Assert.False((await _app.RecordingAsync("a"))!.LegalHold);

        var sam = await _app.SignInAsync("Sam");
        await sam.GetAsync("/history/a");
        await sam.SendAsync("/history/a/recording?handler=Hold");
        Assert.True((await _app.RecordingAsync("a"))!.LegalHold);
        await sam.GetAsync("/history/a");
        Assert.Contains("under legal hold", sam.Text);
        await sam.SendAsync("/history/a/recording?handler=Release");
        Assert.Equal([$"{AuditActions.RecordingHeld} call a", $"{AuditActions.RecordingReleased} call a"], await AuditAsync());
    }

    [Theory]
    [InlineData(RecordingStage.Recording, false, "is being recorded")]
    [InlineData(RecordingStage.Waiting, false, "is being put together")]
    [InlineData(RecordingStage.Failed, false, "nothing of it could be kept")]
    [InlineData(RecordingStage.Ready, true, "no longer kept")]
    internal async Task Page_WhereNothingCanBePlayed_SaysWhy(RecordingStage stage, bool isDeleted, string sentence)
    {
        var id = await KeepAsync();
        await _app.WithDatabaseAsync(database => database.Recordings.ExecuteUpdateAsync(row => row
            .SetProperty(r => r.Stage, stage).SetProperty(r => r.DeletedAt, isDeleted ? Some.Noon : null)));
        var alice = await _app.SignInAsync("Alice");
        await alice.GetAsync("/history/a");

        Assert.Contains(sentence, alice.Text);
        Assert.DoesNotContain("<audio", alice.Html);
        Assert.Equal(HttpStatusCode.NotFound, (await alice.Client.GetAsync($"/recordings/{id}/audio")).StatusCode);
    }

    private static Task<HttpResponseMessage> HearAsync(Browser person, string id, string range) =>
        person.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/recordings/{id}/audio") { Headers = { { "Range", range } } });

    private Task<string> KeepAsync() => KeepAsync(_app, _alice);

    private static async Task<string> KeepAsync(TestApp app, string alice)
    {
        await app.Get<Features.History.CallRows>().WriteAsync(
            [Some.Talk("a", new CallParty(alice, "+12025550101", "Alice"), new CallParty(null, "+442079460123", "Jane"))], CancellationToken.None);
        var row = RecordingRows.Begin("a");
        row.SealedKey = await app.Get<RecordingVault>().StoreAsync(row.Id, new MemoryStream(Sound), CancellationToken.None);
        (row.Stage, row.StartedAt, row.Seconds, row.ContentType) = (RecordingStage.Ready, Some.Noon, 60, "audio/ogg");
        row.Waveform = """{"perSecond":20,"left":[1],"right":[2]}""";
        row.Pauses.Add(new RecordedPause { From = Some.Noon.AddSeconds(2), To = Some.Noon.AddSeconds(4) });
        return await app.WithDatabaseAsync(async database =>
        {
            database.Recordings.Add(row);
            await database.SaveChangesAsync();
            return row.Id;
        });
    }

    private Task<List<string>> AuditAsync() => _app.WithDatabaseAsync(database => database.Audit
        .Where(entry => entry.Action.StartsWith("recording")).OrderBy(entry => entry.Id).Select(entry => entry.Action + " " + entry.Detail).ToListAsync());
}
