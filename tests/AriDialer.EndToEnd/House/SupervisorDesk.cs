using System.Text.RegularExpressions;
using AriDialer.EndToEnd.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.House;

/// <summary>Sam's two tabs, open all the time: the live calls, and the history.</summary>
internal sealed class SupervisorDesk(BrowserPhone live, IPage history) : IAsyncDisposable
{
    private HashSet<string> _known = [];

    public BrowserPhone Live => live;

    public static async Task<SupervisorDesk> OpenAsync(TestHouse house)
    {
        var live = await house.VisitAsync();
        await live.SignInAsync(Person.Supervisor);
        await live.ReadyAsync();
        await live.FollowAsync("Live");
        return new SupervisorDesk(live, await live.Page.Context.NewPageAsync());
    }

    /// <summary>Waits until the table shows such a call: words that stand in one row.</summary>
    public Task SeesAsync(params string[] words) => Expect(Row(words)).ToHaveCountAsync(1, new() { Timeout = 15_000 });

    /// <summary>A tab of its own in which what is said in such a call is read along with.</summary>
    public async Task<IPage> ReadAlongAsync(params string[] words)
    {
        var tab = await history.Context.NewPageAsync();
        await tab.GotoAsync("/live");
        await tab.GetByRole(AriaRole.Table, new() { Name = "Live calls" }).GetByRole(AriaRole.Row)
            .Filter(new() { HasText = words[0] }).GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Read along") }).ClickAsync();
        await Expect(tab.GetByText("Listening")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        return tab;
    }

    public Task SeesNothingAsync() =>
        Expect(live.LiveCalls.Locator("tbody").GetByRole(AriaRole.Row)).ToHaveCountAsync(0, new() { Timeout = 15_000 });

    /// <summary>Ends such a call, and says yes when asked whether that is meant.</summary>
    public async Task HangUpAsync(params string[] words)
    {
        await Row(words).GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Hang up") }).ClickAsync();
        await live.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^(Hang up|End)") }).ClickAsync();
    }

    /// <summary>Takes the calls that the history has now for known.</summary>
    public async Task TakeNoteAsync() => _known = [.. (await ReadAsync()).Select(row => row.CallId)];

    /// <summary>The only call that the history has since the note; waits until it has ended.</summary>
    public async Task<HistoryRow> OnlyNewCallAsync() => Assert.Single(await NewCallsAsync(1));

    /// <summary>The calls that the history has since the note, once there are so many and all have ended.</summary>
    public async Task<IReadOnlyList<HistoryRow>> NewCallsAsync(int count)
    {
        IReadOnlyList<HistoryRow> seen = [];
        return await Eventually.FindAsync(
            async () =>
            {
                seen = [.. (await ReadAsync()).Where(row => !_known.Contains(row.CallId))];
                return seen.Count >= count && seen.All(row => row.Result != HistoryRow.InProgress) ? seen : null;
            },
            () => $"The history has not got {count} ended calls but:\n{string.Join('\n', seen)}");
    }

    /// <summary>The newest page of the history, as it stands. Fetched, not shown: it is read several times in each test.</summary>
    public async Task<IReadOnlyList<HistoryRow>> ReadAsync()
    {
        var answer = await history.Context.APIRequest.GetAsync("/history");
        Assert.True(answer.Ok && !answer.Url.Contains("sign-in", StringComparison.Ordinal), $"The history is not shown: {answer.Status} {answer.Url}");
        return [.. (await history.EvaluateAsync<string[][]>(HistoryRow.Script, await answer.TextAsync())).Select(HistoryRow.Of)];
    }

    /// <summary>All calls of the history whose caller's name begins so, the newest first: the cells of their rows, by the names of their columns.</summary>
    public async Task<IReadOnlyList<Dictionary<string, string>>> ExportAsync(string callerName)
    {
        var answer = await history.Context.APIRequest.GetAsync("/history/export", new() { Params = [new("Text", callerName)], Timeout = 60_000 });
        Assert.True(answer.Ok, $"The history is not exported: {answer.Status}");
        var lines = (await answer.TextAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var names = lines[0].Split(',');
        return
        [
            .. lines.Skip(1).Select(line => names.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second))
                .Where(row => row["From name"].StartsWith(callerName, StringComparison.Ordinal)),
        ];
    }

    /// <summary>The lines of a call's timeline.</summary>
    public async Task<IReadOnlyList<string>> TimelineAsync(string callId)
    {
        await history.GotoAsync($"/history/{callId}");
        return await history.GetByRole(AriaRole.List, new() { Name = "Timeline" }).GetByRole(AriaRole.Listitem).AllInnerTextsAsync();
    }

    public async ValueTask DisposeAsync() => await live.DisposeAsync();

    private ILocator Row(string[] words) => words.Aggregate(
        live.LiveCalls.Locator("tbody").GetByRole(AriaRole.Row), (rows, word) => rows.Filter(new() { HasText = word }));
}
