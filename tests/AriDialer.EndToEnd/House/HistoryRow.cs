namespace AriDialer.EndToEnd.House;

/// <summary>A row of the history as people read it.</summary>
internal sealed record HistoryRow(string CallId, string From, string To, string Direction, string Duration, string Result, string Why)
{
    public const string InProgress = "In progress";

    /// <summary>Reads the rows out of the page's HTML: the words of each cell, the reason, and where the details are.</summary>
    public const string Script = """
        html => [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('table[aria-label="Calls"] tbody tr')].map(row =>
          [row.querySelector('a').getAttribute('href').split('/').pop(),
            ...[...row.cells].slice(1, 6).map(cell => cell.textContent.trim()), row.querySelector('[title]').title])
        """;

    public static HistoryRow Of(string[] words) => new(words[0], words[1], words[2], words[3], words[4], words[5], words[6]);

    /// <summary>The call was between these, went this way, and came to this end.</summary>
    public void ShouldBe(string from, string to, string direction, string result, string why)
    {
        Assert.Contains(from, From, StringComparison.Ordinal);
        Assert.Contains(to, To, StringComparison.Ordinal);
        Assert.Equal(direction, Direction);
        Assert.Equal(result, Result);
        Assert.Contains(why, Why, StringComparison.Ordinal);
        Assert.Equal(result is "Completed" or "Connection lost", Duration.Length > 0);
    }
}
