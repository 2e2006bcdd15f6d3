using System.Diagnostics;
using System.Globalization;
using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>Recording, from the button to the player: who is on which side, and what is left out.</summary>
public sealed class RecordingTests(TestHouse house) : CallTest(house)
{
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Recorded_PausedAndResumed_HasEachOnTheirSide_AndIsPlayedFromTheHistory()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();

        await alice.PressAsync("Record");
        await Expect(alice.Control("Stop recording")).ToBeVisibleAsync();
        await Supervisor.SeesAsync(Person.Alice.Name, "Recorded");
        var reader = await Supervisor.ReadAlongAsync(Person.Alice.Name);
        await Task.Delay(Stretch);
        await alice.PressAsync("Pause recording");
        await Expect(alice.Control("Resume recording")).ToBeVisibleAsync();
        await Expect(reader.GetByText("nothing that is said now is written down")).ToBeVisibleAsync();
        var pausedFrom = TimeProvider.System.GetUtcNow();
        await Task.Delay(Stretch);
        var pausedTo = TimeProvider.System.GetUtcNow();
        await alice.PressAsync("Resume recording");
        await Expect(alice.Control("Pause recording")).ToBeVisibleAsync();
        await Task.Delay(Stretch);
        await alice.HangUpAsync();
        await outside.SucceedsAsync();
        await Expect(reader.GetByText("The call is over")).ToBeVisibleAsync(new() { Timeout = Browser.BrowserPhone.Patience });
        var said = await reader.Locator("[data-read-lines] time").EvaluateAllAsync<string[]>("times => times.map(time => time.dateTime)");
        Assert.DoesNotContain(said.Select(at => DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)), at => at > pausedFrom && at < pausedTo);
        await reader.CloseAsync();
        var row = await Supervisor.OnlyNewCallAsync();

        var page = alice.Page;
        var player = page.GetByRole(AriaRole.Region, new() { Name = "Recording" });
        var source = await SourceAsync(page, row.CallId);
        await Expect(player.GetByText("Paused from")).ToBeVisibleAsync();
        await Expect(player.GetByRole(AriaRole.Button, new() { Name = $"Mute {Person.Alice.Name}" })).ToBeVisibleAsync();

        var (left, right) = await FetchAsync(page.Context, source);
        var second = Speech.Rate;
        Assert.InRange(left.Length, 11 * second, 16 * second);
        foreach (var begin in new[] { 0, left.Length - (int)(3.5 * second) })
        {
            new Heard(left[begin..(begin + 3 * second)]).ShouldBe(Speech.Congratulations, other: Speech.Instructions);
            new Heard(right[begin..(begin + 3 * second)]).ShouldBe(Speech.Instructions, other: Speech.Congratulations);
        }

        // In the middle of the pause there is nothing, on neither side.
        var middle = left.Length / 2;
        new Heard(left[(middle - second)..(middle + second)]).ShouldBeSilence();
        new Heard(right[(middle - second)..(middle + second)]).ShouldBeSilence();
        Assert.Empty(await House.Ari.RecordingsAsync());
        Assert.False(Directory.Exists(Path.Combine(House.App.DataDirectory, "recordings-work")) && Directory.EnumerateFiles(
            Path.Combine(House.App.DataDirectory, "recordings-work"), "*", SearchOption.AllDirectories).Any());

        await PlaysAsync(page);
        var words = await IsTranscribedAsync(page, row.CallId);
        var pause = (double)middle / second;
        Assert.DoesNotContain(words, word => word.From < pause + 1 && word.To > pause - 1);
        Assert.Contains(await Supervisor.TimelineAsync(row.CallId), line => line.Contains("paused the recording", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recorded_AppKilledMeanwhile_HasTheWholeOfIt()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        await alice.PressAsync("Record");
        await Expect(alice.Control("Stop recording")).ToBeVisibleAsync();
        var begun = Stopwatch.StartNew();
        await Task.Delay(Stretch);

        await House.App.KillAsync();
        await House.App.StartAsync();
        await Expect(alice.Control("Stop recording")).ToBeVisibleAsync(new() { Timeout = Browser.BrowserPhone.Patience });
        await alice.ReadyAsync();
        await alice.HangUpAsync();
        var length = begun.Elapsed;
        await outside.SucceedsAsync();

        var row = await Supervisor.OnlyNewCallAsync();
        var (left, right) = await FetchAsync(alice.Page.Context, await SourceAsync(alice.Page, row.CallId));
        Assert.InRange((double)left.Length / Speech.Rate, length.TotalSeconds - 1, length.TotalSeconds + 1);
        new Heard(right[^(4 * Speech.Rate)..^Speech.Rate]).ShouldBe(Speech.Instructions, other: Speech.Congratulations);
        await Expect(alice.Page.GetByText("Something of this recording is missing")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Disk_FullWhileRecording_PeopleAreTold_TheCallGoesOn_AndWhatWasRecordedIsKept()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        string callId;
        using (House.Asterisk.RecordOnSmallDisk(bytes: 256 * 1024))
        {
            await alice.PressAsync("Record");
            await Expect(alice.Notices).ToContainTextAsync("Recording failed", new() { Timeout = 2 * Browser.BrowserPhone.Patience });
            await Expect(alice.Control("Record")).ToBeVisibleAsync();
            await alice.ConnectedAsync();
            await Ear.HearsAsync(() => sound.HearAsync(TimeSpan.FromSeconds(3)), Speech.Congratulations, other: Speech.Instructions);
            await alice.HangUpAsync();
            await outside.SucceedsAsync();
            callId = (await Supervisor.OnlyNewCallAsync()).CallId;
            await SourceAsync(alice.Page, callId);
        }

        await Expect(alice.Page.GetByText("Something of this recording is missing")).ToBeVisibleAsync();
        Assert.Contains(await Supervisor.TimelineAsync(callId), line => line.Contains("Recording failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asterisk_KilledWhileRecording_WhatWasRecordedIsKept_AndSaysThatSomethingIsMissing()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        await alice.PressAsync("Record");
        await Expect(alice.Control("Stop recording")).ToBeVisibleAsync();
        await Task.Delay(2 * Stretch);

        await House.Asterisk.RestartAsync();
        await alice.EndedAsync("The call (is over|has ended)");
        await alice.ReadyAsync();

        var row = await Supervisor.OnlyNewCallAsync();
        Assert.Contains("When exactly is not known", row.Why, StringComparison.Ordinal);
        var (left, right) = await FetchAsync(alice.Page.Context, await SourceAsync(alice.Page, row.CallId));
        await Expect(alice.Page.GetByText("Something of this recording is missing")).ToBeVisibleAsync();
        new Heard(left[..(3 * Speech.Rate)]).ShouldBe(Speech.Congratulations, other: Speech.Instructions);
        new Heard(right[..(3 * Speech.Rate)]).ShouldBe(Speech.Instructions, other: Speech.Congratulations);
    }

    [Fact]
    public async Task Rule_AnnouncesThenRecordsByItself_AndBothSidesStandWhereTheySpoke()
    {
        await using var admin = await House.VisitAsync();
        await admin.SignInAsync(Person.Administrator);
        await using var bob = await House.PhoneAsync(Person.Bob);
        await bob.ForwardUnansweredAsync("+442079460177");
        await bob.Page.CloseAsync();
        await AddRuleAsync(admin.Page);
        try
        {
            // Two telephones that say the same at the same time: what differs in the recording is the recording's.
            var clock = Stopwatch.StartNew();
            await using var calling = new RtpPeer(Speech.Menu, clock);
            await using var called = new RtpPeer(Speech.Menu, clock);
            await using var outside = House.Outside.IsCalledAndAnswers(called);
            await using var caller = House.Outside.CallsAndWaits(Person.Bob.Number!, calling);
            await Supervisor.SeesAsync(Outside.CustomerName, "Recording is announced");
            await Supervisor.SeesAsync(Outside.CustomerName, "Recorded");
            await Task.Delay(2 * Stretch);
            called.LosesEvery = 5;
            await Task.Delay(2 * Stretch);
            await Supervisor.HangUpAsync(Outside.CustomerName);
            await Task.WhenAll(outside.SucceedsAsync(), caller.SucceedsAsync());

            var row = await Supervisor.OnlyNewCallAsync();
            Assert.Contains(await Supervisor.TimelineAsync(row.CallId), line => line.Contains("were told that it is recorded", StringComparison.Ordinal));
            var (left, right) = await FetchAsync(admin.Page.Context, await SourceAsync(admin.Page, row.CallId));
            var window = new Range(Speech.Rate, 6 * Speech.Rate);
            new Heard(left[window]).ShouldBe(Speech.Menu, other: Speech.Instructions);
            var apart = LagOf(left[window], right[window]) * 1000.0 / Speech.Rate;
            TestContext.Current.TestOutputHelper?.WriteLine($"The sides are {apart} ms apart.");
            // Asterisk says when a track began to the millisecond, and takes sound in steps of 20 ms: it is off by less than a step.
            Assert.InRange(apart, -20, 20);

            // The lost packets of one side alone are more than a second by then.
            window = new Range(Index.FromEnd(3 * Speech.Rate), Index.FromEnd(Speech.Rate));
            apart = LagOf(left[window], right[window]) * 1000.0 / Speech.Rate;
            TestContext.Current.TestOutputHelper?.WriteLine($"After a fifth of one side's packets was lost for eight seconds, the sides are {apart} ms apart.");
            Assert.InRange(apart, -100, 100);
        }
        finally
        {
            await RemoveRuleAsync(admin.Page);
            await using var again = await House.PhoneAsync(Person.Bob);
            await again.ForwardUnansweredAsync(to: null);
        }
    }

    // What is understood of a telephone's narrow sound differs; that something is, on both sides, and can be found, does not.
    private static async Task<IReadOnlyList<(double From, double To)>> IsTranscribedAsync(IPage page, string callId)
    {
        var transcript = page.GetByRole(AriaRole.Region, new() { Name = "Transcript" });
        await Eventually.TrueAsync(
            async () =>
            {
                await page.GotoAsync($"/history/{callId}");
                return await transcript.Locator("[data-seek]").CountAsync() > 0;
            },
            () => "The recording is not transcribed.");
        TestContext.Current.TestOutputHelper?.WriteLine(await transcript.InnerTextAsync());
        var times = await transcript.Locator("[data-word]").EvaluateAllAsync<double[][]>("words => words.map(word => [Number(word.dataset.seek), Number(word.dataset.to)])");
        var word = transcript.Locator("[data-seek]").Filter(new() { HasTextRegex = new System.Text.RegularExpressions.Regex("^[a-z]{5,}$") }).First;
        var said = await word.InnerTextAsync();
        await word.ClickAsync();
        await page.GotoAsync($"/transcripts?q={said}");
        await Expect(page.Locator("mark").First).ToHaveTextAsync(said, new() { IgnoreCase = true });
        return [.. times.Select(word => (word[0], word[1]))];
    }

    private static async Task AddRuleAsync(IPage page)
    {
        await page.GotoAsync("/recording/rules/add");
        await page.GetByLabel("Direction").SelectOptionAsync("Inbound");
        await page.GetByLabel("Recording", new() { Exact = true }).SelectOptionAsync("Always");
        await page.GetByLabel("Announce it").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/recording/rules");
    }

    private static async Task RemoveRuleAsync(IPage page)
    {
        await page.GotoAsync("/recording/rules");
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/recording/rules");
    }

    private static async Task<string> SourceAsync(IPage page, string callId) => await Eventually.FindAsync(
        async () =>
        {
            await page.GotoAsync($"/history/{callId}");
            return await page.Locator("audio").CountAsync() == 1 ? await page.Locator("audio").GetAttributeAsync("src") : null;
        },
        () => "The recording is not there to be played.");

    /// <summary>By how many samples the second sound is later than the first, where both are most alike.</summary>
    private static int LagOf(short[] first, short[] second)
    {
        const int farthest = Speech.Rate / 4;
        return Enumerable.Range(-farthest, 2 * farthest + 1).MaxBy(lag =>
        {
            double sum = 0;
            for (var i = farthest; i < first.Length - farthest; i++)
                sum += (double)first[i] * second[i + lag];
            return sum;
        });
    }

    private static async Task PlaysAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        await Eventually.TrueAsync(
            () => page.EvaluateAsync<bool>("() => { const audio = document.querySelector('[data-recording-player] audio'); return audio.currentTime > 0.5 && audio.duration > 8; }"),
            () => "The player does not play.");
    }

    /// <summary>Both sides of a recording, as the browser gets it.</summary>
    private static async Task<(short[] Left, short[] Right)> FetchAsync(IBrowserContext browser, string path)
    {
        var answer = await browser.APIRequest.GetAsync(path);
        Assert.True(answer.Ok, $"{path}: {answer.Status}");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, await answer.BodyAsync());
            var samples = await DecodeAsync(file);
            return ([.. samples.Where((_, i) => i % 2 == 0)], [.. samples.Where((_, i) => i % 2 == 1)]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<short[]> DecodeAsync(string file)
    {
        string[] arguments = ["-v", "error", "-i", file, "-f", "s16le", "-ac", "2", "-ar", $"{Speech.Rate}", "-"];
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardOutput = true })!;
        using var sound = new MemoryStream();
        await ffmpeg.StandardOutput.BaseStream.CopyToAsync(sound);
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
        var samples = new short[sound.Length / 2];
        Buffer.BlockCopy(sound.ToArray(), 0, samples, 0, samples.Length * 2);
        return samples;
    }
}
