using System.Net;
using System.Text.Json;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Transcription.Summaries;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Transcription.Summaries;

/// <summary>The summary on the call's page, and what people do with it.</summary>
public sealed class SummaryPageTests : IAsyncLifetime
{
    private SummaryHouse _house = null!;
    private Browser _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _house = await SummaryHouse.StartAsync();
        var alice = await _house.App.AddPersonAsync("Alice");
        await _house.App.AddPersonAsync("Bob");
        await _house.App.AddPersonAsync("Sam", "supervisor");
        await _house.AddAsync("a", alice);
        _alice = await _house.App.SignInAsync("Alice");
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Page_SaysThatAMachineMadeIt_AndShowsPlainTextOnly()
    {
        _house.Server.Chat = _ => """{"summary":"<script>alert(1)</script> **Bold** [link](javascript:x)","next_steps":["<img src=x onerror=y>"]}""";
        await _house.MakeNextAsync();
        await _alice.GetAsync("/history/a");

        Assert.Contains("Machine-made by talker: it may be wrong.", _alice.Text);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; **Bold** [link](javascript:x)", _alice.Html);
        Assert.Contains("<li>&lt;img src=x onerror=y&gt;</li>", _alice.Html);
        Assert.DoesNotContain("Make it again", _alice.Text);
    }

    [Fact]
    public async Task States_AreSaid()
    {
        await ShowsAsync("There is no summary of this call.");
        var store = _house.App.Get<SummaryStore>();
        await store.WantAsync("rec-a", CancellationToken.None);
        await ShowsAsync("The summary is being made.");
        _house.Server.Chat = _ => "no";
        await _house.MakeNextAsync();
        await ShowsAsync("It is tried again by itself in some minutes.");
        await store.FailAsync("rec-a", Some.Noon, _ => (null, SummaryMaker.Problem), CancellationToken.None);
        await ShowsAsync("three attempts have failed");

        await using var off = await SummaryHouse.StartAsync(settings: ("Transcription:Summaries", "false"));
        await off.AddAsync("a", await off.App.AddPersonAsync("Alice"));
        var page = await off.App.SignInAsync("Alice");
        await page.GetAsync("/history/a");
        Assert.DoesNotContain("summary-head", page.Html);
    }

    [Fact]
    public async Task Edit_SaysWhoAndWhen_IsWrittenDown_AndCanBeUndone()
    {
        await _house.MakeNextAsync();
        await _alice.GetAsync("/history/a");
        _house.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal("/history/a#summary", (await EditAsync(_alice, "Jane <asks> for a price.", "Send it.\r\n\r\n Call back. ")).Headers.Location?.OriginalString);

        await _alice.GetAsync("/history/a");
        Assert.Contains("Jane &lt;asks&gt; for a price.", _alice.Html);
        Assert.Contains("Machine-made by talker: it may be wrong.", _alice.Text);
        Assert.Matches(@"Edited by Alice,\s+<time[^>]+>2026-03-01 12:03:00 UTC", _alice.Text);
        var row = (await _house.ReadAsync("a"))!;
        Assert.Equal(("Jane cancels her contract.", "Send it.|Call back."), (row.OriginalText, string.Join('|', row.Steps)));

        // A second edit keeps what the machine wrote.
        await EditAsync(_alice, "Once more.", "");
        Assert.Equal("Jane cancels her contract.", (await _house.ReadAsync("a"))!.OriginalText);
        await _alice.GetAsync("/history/a");
        await _alice.SendAsync("/history/a/summary?handler=Restore");
        row = (await _house.ReadAsync("a"))!;
        Assert.Equal(("Jane cancels her contract.", null, null), (row.Text, row.EditedAt, row.OriginalText));
        Assert.Equal([AuditActions.SummaryEdited, AuditActions.SummaryEdited, AuditActions.SummaryRestored], await AuditAsync());
    }

    [Fact]
    public async Task Edit_OfWhatSomebodyElseHasChanged_IsRefused_AndWhatIsNoneToo()
    {
        await _house.MakeNextAsync();
        var sam = await _house.App.SignInAsync("Sam");
        await sam.GetAsync("/history/a");
        await _alice.GetAsync("/history/a");
        _house.Time.Advance(TimeSpan.FromMinutes(3));
        await EditAsync(sam, "Sam's.", "");
        await EditAsync(_alice, "Alice's.", "", Some.Noon);
        await _alice.GetAsync("/history/a");
        Assert.Contains("It was not changed: somebody else has changed it", _alice.Text);
        Assert.Equal("Sam's.", (await _house.ReadAsync("a"))!.Text);

        foreach (var (text, steps, sentence) in new[]
        {
            ("  ", "", "Write something first."),
            (new string('x', 2001), "", "A summary may be 2000 letters long."),
            ("x", new string('x', 301), "A next step may be 300 letters long."),
            ("x", string.Join('\n', Enumerable.Repeat("x", 13)), "There may be 12 next steps."),
        })
        {
            await EditAsync(_alice, text, steps);
            await _alice.GetAsync("/history/a");
            Assert.Contains(sentence, _alice.Text);
        }
    }

    [Fact]
    public async Task MakingItAgain_IsForSupervisors_AndReplacesEdits()
    {
        await _house.MakeNextAsync();
        await _alice.GetAsync("/history/a");
        await EditAsync(_alice, "Alice's.", "");
        await _alice.GetAsync("/history/a");
        Assert.Contains("/account/denied", (await _alice.SendAsync("/history/a/summary?handler=Make")).Headers.Location?.OriginalString);

        var sam = await _house.App.SignInAsync("Sam");
        await sam.GetAsync("/history/a");
        Assert.Contains("Make it again", sam.Text);
        await sam.SendAsync("/history/a/summary?handler=Make");
        // It stays to be read until the other one is there.
        await sam.GetAsync("/history/a");
        Assert.Contains("Alice's.", sam.Text);
        await _house.MakeNextAsync();
        Assert.Equal(("Jane cancels her contract.", null), ((await _house.ReadAsync("a"))!.Text, (await _house.ReadAsync("a"))!.EditedAt));
        Assert.Contains(AuditActions.SummaryRemade, await AuditAsync());
    }

    [Fact]
    public async Task SomebodyWhoDidNotTakePart_FindsNothing()
    {
        await _house.MakeNextAsync();
        var bob = await _house.App.SignInAsync("Bob");
        await bob.GetAsync("/profile");
        Assert.Equal(HttpStatusCode.NotFound, (await EditAsync(bob, "Bob's.", "")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.SendAsync("/history/a/summary?handler=Restore")).StatusCode);
    }

    [Fact]
    public async Task Exports_HaveIt()
    {
        await _house.MakeNextAsync();
        await _alice.GetAsync("/history/a");
        await EditAsync(_alice, "Put right.", "Send it.");

        var text = await _alice.Client.GetStringAsync("/recordings/rec-a/transcript.txt");
        Assert.Contains("\n\nSummary. Machine-made by talker: it may be wrong. Edited by Alice, 2026-03-01 12:00:00 UTC.\nPut right.\n- Send it.\n\n[0:01] Alice: hello", text);
        var json = JsonDocument.Parse(await _alice.Client.GetStringAsync("/recordings/rec-a/transcript.json")).RootElement.GetProperty("summary");
        Assert.Equal(("Put right.", "Send it.", "talker", "Alice"), (
            json.GetProperty("text").GetString(), json.GetProperty("nextSteps")[0].GetString(),
            json.GetProperty("machineMadeBy").GetString(), json.GetProperty("editedBy").GetString()));
    }

    private async Task ShowsAsync(string sentence)
    {
        await _alice.GetAsync("/history/a");
        Assert.Contains(sentence, _alice.Text);
    }

    // As the page that was seen sends it, unless another moment is given.
    private async Task<HttpResponseMessage> EditAsync(Browser browser, string text, string steps, DateTimeOffset? seen = null)
    {
        var version = seen ?? SummaryStore.VersionOf((await _house.ReadAsync("a"))!);
        return await browser.SendAsync(
            "/history/a/summary?handler=Edit", ("text", text), ("steps", steps), ("seen", $"{version.ToUnixTimeMilliseconds()}"));
    }

    private Task<List<string>> AuditAsync() => _house.App.WithDatabaseAsync(database =>
        database.Audit.Where(entry => entry.Action.StartsWith("summary")).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
}
