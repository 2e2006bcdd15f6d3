using System.Net;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>The page that finds what was said: for whom, and whatever is typed.</summary>
public sealed class TranscriptSearchTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private string _alice = null!;
    private Browser _page = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(new() { ["Transcription:PocketSphinx:ModelFolder"] = "/nowhere" });
        _alice = await _app.AddPersonAsync("Alice");
        var bob = await _app.AddPersonAsync("Bob");
        await _app.AddPersonAsync("Sam", "supervisor");
        await _app.AddRecordingAsync("hers", _alice);
        await _app.AddRecordingAsync("his", bob, minute: 1);
        await _app.SayAsync("hers", Transcribed.Left(1.5, "the invoice <i>is</i> & was late"), Transcribed.Right(12.25, "an invoice for the delivery"));
        await _app.SayAsync("his", Transcribed.Left(3, "no invoice"));
        _page = await _app.SignInAsync("Alice");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("Alice", true, false)]
    [InlineData("Bob", false, true)]
    [InlineData("Sam", true, true)]
    public async Task Search_FindsWhatOneMayHear(string name, bool hers, bool his)
    {
        var browser = await _app.SignInAsync(name);
        await browser.GetAsync("/transcripts?q=invoice");
        Assert.Equal((hers, his), (browser.Html.Contains("/history/hers"), browser.Html.Contains("/history/his")));
        Assert.Equal(hers && his, browser.Text.Contains("Said in 2 calls"));
    }

    [Fact]
    public async Task Search_WhereAgentsMayNotListen_IsForSupervisorsOnly()
    {
        await using var app = await TestApp.StartAsync(new() { ["Recording:AgentsMayListen"] = "false" });
        await app.AddPersonAsync("Sam", "supervisor");
        await app.AddRecordingAsync("hers", await app.AddPersonAsync("Alice"));
        await app.SayAsync("hers", Transcribed.Left(1, "the invoice"));
        var alice = await app.SignInAsync("Alice");
        var sam = await app.SignInAsync("Sam");

        await alice.GetAsync("/transcripts?q=invoice");
        Assert.DoesNotContain("/history/hers", alice.Html);
        Assert.Contains("for those who may listen to recordings", alice.Text);
        await sam.GetAsync("/transcripts?q=invoice");
        Assert.Contains("/history/hers", sam.Html);
    }

    [Fact]
    public async Task Result_ShowsWhoSaidItAndWhen_AndLeadsToTheMoment()
    {
        await _page.GetAsync("/transcripts?q=invoice+late");

        Assert.Contains("the <mark>invoice</mark> &lt;i&gt;is&lt;/i&gt; &amp; was <mark>late</mark>", _page.Html);
        Assert.Contains("href=\"/history/hers?t=1.5#recording\"", _page.Html);
        Assert.Contains("Alice:", _page.Text);
        Assert.Contains("Jane Doe to Alice", _page.Text);
        Assert.Contains("Said in one call.", _page.Text);
        Assert.DoesNotContain("t=12.25", _page.Html);

        await _page.GetAsync("/transcripts?q=deliv*");
        Assert.Contains("<mark>delivery</mark>", _page.Html);
        Assert.Contains("t=12.25#recording", _page.Html);
        await _page.GetAsync("/transcripts?q=%22late+was%22");
        Assert.Contains("Nothing found", _page.Text);
    }

    [Fact]
    public async Task Deleted_IsFoundNoMore()
    {
        await _app.DeleteSoundAsync("hers");
        await _page.GetAsync("/transcripts?q=invoice");
        Assert.DoesNotContain("/history/hers", _page.Html);
        Assert.Contains("No transcripts yet", _page.Text);
        Assert.Contains("Calls are not transcribed: PocketSphinx has no model", _page.Text);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("*")]
    [InlineData("NEAR(")]
    [InlineData("-invoice")]
    [InlineData("Text:invoice")]
    [InlineData("invoice AND (")]
    [InlineData("привет 日本語 नमस्ते")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("'; DROP TABLE TranscriptSegments; --")]
    [InlineData("a\u0000b")]
    public async Task Search_ForAnything_IsNoErrorPage(string typed)
    {
        Assert.Equal(HttpStatusCode.OK, (await _page.GetAsync($"/transcripts?q={Uri.EscapeDataString(typed)}")).StatusCode);
        Assert.DoesNotContain("<script>alert", _page.Html);
        Assert.Equal(HttpStatusCode.OK, (await _page.GetAsync($"/transcripts?p=-7&q={Uri.EscapeDataString(string.Concat(Enumerable.Repeat(typed, 500)))}")).StatusCode);
    }

    [Fact]
    public async Task Pages_ShowTheNewestFirst_AndAFewPlacesOfEach()
    {
        for (var i = 0; i < 12; i++)
        {
            await _app.AddRecordingAsync($"call{i:00}", _alice, minute: 10 + i);
            await _app.SayAsync($"call{i:00}", [.. Enumerable.Range(0, 5).Select(n => Transcribed.Left(n * 10, $"order {n}"))]);
        }

        await _page.GetAsync("/transcripts?q=order");
        Assert.Contains("Said in 12 calls", _page.Text);
        Assert.Contains("And in 2 more places of", _page.Text);
        Assert.Contains("Page 1 of 2", _page.Text);
        Assert.True(_page.Html.IndexOf("/history/call11", StringComparison.Ordinal) < _page.Html.IndexOf("/history/call10", StringComparison.Ordinal));
        Assert.DoesNotContain("/history/call01", _page.Html);
        Assert.Contains("/transcripts?q=order&p=2", _page.Text);

        await _page.GetAsync("/transcripts?q=order&p=99");
        Assert.Contains("Page 2 of 2", _page.Text);
        Assert.Contains("/history/call01", _page.Html);
    }

    [Fact]
    public async Task Nothing_Typed_SaysWhatToType()
    {
        await _page.GetAsync("/transcripts");
        Assert.Contains("What was it about?", _page.Text);
        Assert.Contains("aria-current=\"page\"", _page.Html);
    }
}
