using System.Net;
using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Features.History;
using AriDialer.Web.Tests.Contacts;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.History;

public sealed class HistoryPageTests : IAsyncLifetime
{
    private const string Script = "<script>alert(1)</script>";

    private TestApp _app = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        var alice = await _app.AddPersonAsync("Alice");
        await _app.AddPersonAsync("Sam", "supervisor");
        await _app.Get<CallRows>().WriteAsync(
            [
                Some.Call("hers", 1, CallState.Ended, callee: alice, callerName: Script),
                Some.Call("theirs", 1, CallState.Ended, callerName: "=HYPERLINK(\"x\")"),
            ],
            CancellationToken.None);
        _browser = await _app.SignInAsync("Alice");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task List_Agent_SeesOwnCallsOnly()
    {
        await _browser.GetAsync("/history");
        Assert.Contains("/history/hers", _browser.Html);
        Assert.DoesNotContain("/history/theirs", _browser.Html);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.GetAsync("/history/theirs")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _browser.PostAsync("/history/theirs", ("Text", "mine now"))).StatusCode);
        await _browser.GetAsync("/history/export");
        Assert.DoesNotContain("theirs", _browser.Html);
    }

    [Fact]
    public async Task Call_OfAContact_BearsTheNameThatTheReaderGaveThem()
    {
        await _browser.AddContactAsync("Jane Doe", ["+44 20 7946 0123"]);
        var sam = await _app.SignInAsync("Sam");

        foreach (var path in new[] { "/history", "/history/hers" })
        {
            await _browser.GetAsync(path);
            await sam.GetAsync(path);

            Assert.Contains("Jane Doe", _browser.Html);
            Assert.DoesNotContain("Jane Doe", sam.Html);
        }
    }

    [Fact]
    public async Task List_Supervisor_SeesAllCalls()
    {
        var sam = await _app.SignInAsync("Sam");
        await sam.GetAsync("/history");
        Assert.Contains("/history/hers", sam.Html);
        Assert.Contains("/history/theirs", sam.Html);
    }

    [Theory]
    [InlineData("q=020+7946+0123", true)]
    [InlineData("q=%2B4420794", true)]
    [InlineData("q=9999", false)]
    [InlineData("q=script", true)]
    [InlineData("q=%25", false)]
    [InlineData("q=%27%3B+DROP+TABLE+Calls", false)]
    [InlineData("direction=Inbound", true)]
    [InlineData("direction=Outbound", false)]
    [InlineData("direction=nonsense", true)]
    [InlineData("result=completed", true)]
    [InlineData("result=busy", false)]
    [InlineData("result=live", false)]
    [InlineData("from=2026-03-01&to=2026-03-01", true)]
    [InlineData("from=2026-03-02", false)]
    [InlineData("to=2026-02-28", false)]
    [InlineData("to=9999-12-31", true)]
    [InlineData("p=99", true)]
    [InlineData("p=-1", true)]
    public async Task List_Filter_FindsWhatFits(string query, bool isFound)
    {
        var answer = await _browser.GetAsync($"/history?{query}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(isFound, _browser.Html.Contains("/history/hers", StringComparison.Ordinal));
        Assert.Equal(!isFound, _browser.Text.Contains("No such calls", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_NameFromTheNetwork_IsTextOnEveryPage()
    {
        foreach (var page in new[] { "/history", "/history/hers" })
        {
            await _browser.GetAsync(page);
            Assert.DoesNotContain(Script, _browser.Html);
            Assert.Contains(Script, _browser.Text);
        }
    }

    [Fact]
    public async Task Note_IsKeptAndShownAsText()
    {
        var answer = await _browser.PostAsync("/history/hers", ("Text", $"Call back {Script}"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await _browser.GetAsync("/history/hers");
        Assert.Contains($"Call back {Script}", _browser.Text);
        Assert.DoesNotContain(Script, _browser.Html);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(CallNote.TextLength + 1)]
    public async Task Note_EmptyOrTooLong_IsRefused(int length)
    {
        Assert.Equal(HttpStatusCode.OK, (await _browser.PostAsync("/history/hers", ("Text", new string('x', length)))).StatusCode);
        Assert.Equal(0, await _app.WithDatabaseAsync(database => Task.FromResult(database.CallNotes.Count())));
    }

    [Fact]
    public async Task List_ManyCalls_HasPages()
    {
        var sam = await _app.SignInAsync("Sam");
        await _app.Get<CallRows>().WriteAsync(
            [.. Enumerable.Range(0, 60).Select(i => Some.Call($"n{i:00}", 1) with { StartedAt = Some.Noon.AddMinutes(i) })], CancellationToken.None);
        await sam.GetAsync("/history?p=3");
        Assert.Contains("Page 3 of 3, 62 calls", sam.Text);
        Assert.Contains("/history/n00\"", sam.Html);
        Assert.DoesNotContain("/history/n59\"", sam.Html);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-2", "'-2")]
    [InlineData("+1;cmd", "'+1;cmd")]
    [InlineData("+442079460123", "+442079460123")]
    [InlineData("Doe, \"Jane\"", "\"Doe, \"\"Jane\"\"\"")]
    [InlineData(null, "")]
    public void Cell_NeverBecomesAFormula(string? text, string cell) => Assert.Equal(cell, ExportModel.Cell(text));
}
