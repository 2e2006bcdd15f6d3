using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.House;
using AriDialer.Testing;
using AriDialer.Testing.Speech;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>
/// Words while one speaks: recorded speech, spoken by browsers through WebRTC, Opus, Asterisk, snoop, tap and PocketSphinx to a
/// supervisor's page, and from there into the history.
/// </summary>
public sealed class LiveWordsTests(TestHouse house) : CallTest(house)
{
    // Notes for each line when it was first seen, and when it was said.
    private const string Watch = """
        () => {
          window.seen = new Map();
          const list = document.querySelector('[data-read-lines]');
          const note = () => {
            for (const line of list.children) {
              if (!window.seen.has(line)) window.seen.set(line, Date.now() - Date.parse(line.querySelector('time').dateTime));
            }
          };
          new MutationObserver(note).observe(list, { childList: true });
          note();
        }
        """;

    [Fact]
    public async Task Said_AppearsOnItsSide_WhileTheCallGoesOn_AndIsInTheHistoryAfterwards()
    {
        var (menu, _) = await SpokenFile.MakeAsync([new Prompt(Speech.Menu.Prompt)]);
        var (echo, _) = await SpokenFile.MakeAsync([new Prompt(Speech.EchoExplained.Prompt)]);
        await using var alice = await House.SpeakerAsync(Person.Alice, menu);
        await using var bob = await House.SpeakerAsync(Person.Bob, echo);
        await RecordAsync(alice, bob);
        var reader = await Supervisor.ReadAlongAsync(Person.Alice.Name);
        await reader.EvaluateAsync(Watch);
        var lines = reader.GetByRole(AriaRole.Log, new() { Name = "What is said" }).GetByRole(AriaRole.Listitem);

        await Expect(lines.And(reader.Locator("[data-kind=interim]")).First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        foreach (var side in new[] { "left", "right" })
            await Expect(lines.And(reader.Locator($"[data-kind=final][data-side={side}]")).Nth(2)).ToBeVisibleAsync(new() { Timeout = 40_000 });
        var delays = await reader.EvaluateAsync<double[]>("() => [...window.seen.values()]");
        await alice.HangUpAsync();
        await Expect(reader.GetByText("The call is over")).ToBeVisibleAsync(new() { Timeout = BrowserPhone.Patience });
        await reader.CloseAsync();

        // A line is there once its first word was said: a word takes a third of a second and more.
        var usual = delays.Order().ElementAt(delays.Length / 2);
        TestContext.Current.TestOutputHelper?.WriteLine($"From the beginning of a line to its first word on the page: {usual} ms, at most {delays.Max()} ms.");
        Assert.InRange(usual, 0, 1500);

        var row = await Supervisor.OnlyNewCallAsync();
        var (left, right) = await TranscriptAsync(alice.Page, row.CallId);
        ShouldBe(left, Speech.Menu, other: Speech.EchoExplained);
        ShouldBe(right, Speech.EchoExplained, other: Speech.Menu);
        Assert.Contains($"Call {row.CallId} was transcribed while it went on", House.App.Log, StringComparison.Ordinal);
    }

    /// <summary>Many words, said by both: as many are wrong as of the same prompts read from their files, give or take three in a hundred.</summary>
    [Fact]
    [Trait(LongTests.Trait, LongTests.Long)]
    public async Task WordErrors_ThroughBrowserAndAsterisk_AreHardlyMoreThanOfTheFilesThemselves()
    {
        // Both say everything, from two places on: the same sound a few samples later is understood by one word in a hundred better or worse.
        var half = Prompt.Sentences.Count / 2;
        Prompt[][] said = [[.. Prompt.Sentences], [.. Prompt.Sentences.Skip(half), .. Prompt.Sentences.Take(half)]];
        var files = await Task.WhenAll(said.Select(SpokenFile.MakeAsync));
        await using var alice = await House.SpeakerAsync(Person.Alice, files[0].Path);
        await using var bob = await House.SpeakerAsync(Person.Bob, files[1].Path);
        await RecordAsync(alice, bob);
        await Task.Delay(files.Max(file => file.Length));
        await alice.HangUpAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        var (left, right) = await TranscriptAsync(alice.Page, row.CallId);
        Assert.Contains($"Call {row.CallId} was transcribed while it went on", House.App.Log, StringComparison.Ordinal);

        var (live, direct) = (WordErrors.None, WordErrors.None);
        using var reader = new PromptReader();
        foreach (var (prompts, heard) in said.Zip([left, right]))
            live += WordErrors.Of([.. prompts.SelectMany(prompt => prompt.Words)], WordErrors.WordsOf(heard));
        foreach (var prompt in Prompt.Sentences)
            direct += WordErrors.Of(prompt.Words, WordErrors.WordsOf(await reader.ReadAsync(prompt)));

        TestContext.Current.TestOutputHelper?.WriteLine($"Read directly:            word error rate {direct}");
        TestContext.Current.TestOutputHelper?.WriteLine($"Browser, Asterisk, tap:   word error rate {live}");
        Assert.InRange(live.Rate - direct.Rate, -1, 0.03);
    }

    private async Task RecordAsync(BrowserPhone alice, BrowserPhone bob)
    {
        await alice.DialAsync(Person.Bob.Number!);
        await bob.AcceptAsync(Person.Alice.Name);
        await alice.ConnectedAsync();
        await alice.PressAsync("Record");
        await Supervisor.SeesAsync(Person.Alice.Name, "Recorded");
    }

    /// <summary>What both sides said, as the call's page has it.</summary>
    private static async Task<(string Left, string Right)> TranscriptAsync(IPage page, string callId)
    {
        var transcript = page.GetByRole(AriaRole.Region, new() { Name = "Transcript" });
        await Eventually.TrueAsync(
            async () =>
            {
                await page.GotoAsync($"/history/{callId}");
                return await transcript.Locator("[data-seek]").CountAsync() > 0;
            },
            () => "The call is not transcribed.");
        return (await TextAsync("left"), await TextAsync("right"));

        async Task<string> TextAsync(string side) =>
            string.Join(' ', await transcript.Locator($"[data-line][data-side={side}] .transcript-text").AllInnerTextsAsync());
    }

    private static void ShouldBe(string heard, Speech said, Speech other)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{said.Prompt}: {heard}");
        var (right, wrong) = (said.ShareIn(heard, other), other.ShareIn(heard, said));
        Assert.True(right > 0.4 && wrong < 0.2, $"Of {said.Prompt} {right:P0} was understood, of {other.Prompt} {wrong:P0}: {heard}");
    }
}
