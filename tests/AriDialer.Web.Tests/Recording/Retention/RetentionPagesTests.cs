using System.Text.RegularExpressions;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Recording.Rules;

namespace AriDialer.Web.Tests.Recording.Retention;

public sealed partial class RetentionPagesTests : IAsyncLifetime
{
    private RetentionHouse _house = null!;
    private Browser _admin = null!;
    private string _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _house = await RetentionHouse.StartAsync();
        _ada = await _house.App.AddPersonAsync("Ada", "administrator");
        _admin = await _house.App.SignInAsync("Ada");
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task DryRun_ListsExactlyWhatTheSweepThenLetsGo()
    {
        await _house.App.SetRulesAsync("always +49; always 90");
        await _house.AddAsync("first", 120);
        await _house.AddAsync("second", 90);
        await _house.AddAsync("german", 120, other: "+493012345678");
        await _house.AddAsync("soon", 61);
        await _house.AddAsync("later", 59);
        await _house.AddAsync("held", 120, onHold: true);

        Assert.Equal(["call-first", "call-second"], await ListAsync("Now"));
        Assert.Contains("Now: 2, 1:00", _admin.Text);
        Assert.Contains("In the next 30 days: 1, 0:30", _admin.Text);
        Assert.Contains("Under legal hold: 1, 0:30", _admin.Text);
        Assert.Equal(["call-soon"], await ListAsync("Soon"));
        Assert.Contains("2026-03-30 12:00:00 UTC", _admin.Text);
        Assert.Equal(["call-held"], await ListAsync("Held"));
        Assert.Equal(6, (await _house.RowsAsync()).Count(row => row.DeletedAt is null));

        await _admin.GetAsync("/recording/retention/now");
        Assert.Contains("Let go of 2 recordings now?", _admin.Text);
        Assert.Contains("with its waveforms and figures of who talked", _admin.Text);
        await _admin.SendAsync("/recording/retention/now");

        Assert.Equal("german held later soon", await _house.KeptAsync());
        Assert.Empty(await ListAsync("Now"));
        Assert.Contains("2 recordings let go, 1:00 in all.", _admin.Text);
        Assert.All(await _house.AuditAsync(), entry => Assert.Equal(_ada, entry.ActorId));
    }

    [Fact]
    public async Task DryRun_ManyRecordings_AreOnPages()
    {
        await _house.App.SetRulesAsync("always 1");
        for (var i = 0; i < 27; i++)
        {
            await _house.AddAsync($"r{i:00}", 40 - i);
        }

        Assert.Equal(25, (await ListAsync("Now")).Length);
        Assert.Contains("Page 1 of 2", _admin.Text);
        Assert.Equal(["call-r25", "call-r26"], await ListAsync("Now&p=2"));
        Assert.Equal("/recording/retention?list=Now&p=2", (await _admin.GetAsync("/recording/retention?list=Now&p=9")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Page_NothingThatGoes_SaysWhy()
    {
        await ListAsync("Now");
        Assert.Contains("Recordings are kept for ever", _admin.Text);
        Assert.DoesNotContain("Let go now", _admin.Text);
        Assert.Contains("Next time: ", _admin.Text);
        Assert.Contains("2026-03-02 03:15:00 UTC", _admin.Text);

        await _house.App.SetRulesAsync("always 1");
        await ListAsync("Soon");
        Assert.Contains("Nothing to let go", _admin.Text);
        await ListAsync("Held");
        Assert.Contains("Nothing is under legal hold", _admin.Text);
    }

    private async Task<string[]> ListAsync(string list)
    {
        await _admin.GetAsync($"/recording/retention?list={list}");
        return [.. CallLink().Matches(_admin.Html).Select(link => link.Groups[1].Value)];
    }

    [GeneratedRegex("/history/(call-[a-z0-9]+)\"")]
    private static partial Regex CallLink();
}
