using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Calls;
using AriDialer.EndToEnd.House;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Pages;

public sealed class PagesTests(TestHouse house) : CallTest(house)
{
    private static readonly string[] Paths =
    [
        "/dialer", "/contacts", "/contacts/add", "/contacts/import", "/voicemail", "/live", "/history", "/people", "/people/add", "/teams",
        "/teams/add", "/profile", "/profile/calls", "/profile/phones", "/profile/password", "/profile/two-factor", "/profile/passkeys", "/transcription/engines", "/transcription/engines/servers/openai", "/transcription/engines/calls", "/nowhere",
    ];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task EveryPage_HasNoSeriousFindingOfAxe(ColorScheme scheme)
    {
        await using var visitor = await House.VisitAsync(options: new BrowserNewContextOptions { ColorScheme = scheme });
        List<string> findings = [];
        await visitor.Page.GotoAsync("/");
        // What is not about colours is found in the light as well as in the dark.
        var rules = scheme == ColorScheme.Dark ? new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } } : null;
        await AddFindingsAsync(visitor.Page, rules, findings);
        await visitor.SignInAsync(Person.Administrator);
        await visitor.ReadyAsync();
        foreach (var path in Paths)
        {
            await visitor.Page.GotoAsync(path);
            await AddFindingsAsync(visitor.Page, rules, findings);
        }

        Assert.True(findings.Count == 0, string.Join('\n', findings));
        Assert.DoesNotContain(visitor.Console, line => line.StartsWith("uncaught", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_SurvivesMovingBetweenPages_WithItsSound()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Sip.Outside.Customer);
        await alice.ConnectedAsync();

        foreach (var page in new[] { "History", "Live", "Dialer" })
        {
            await alice.FollowAsync(page);
            await alice.ConnectedAsync();
        }
        await AssertHeardAsync(alice, sound);

        await alice.HangUpAsync();
        await outside.SucceedsAsync();
        await Supervisor.OnlyNewCallAsync();
    }

    [Fact]
    public async Task Keyboard_Alone_SignsInCallsAndHangsUp()
    {
        await using var outside = House.Outside.IsCalledAndAnswers();
        await using var alice = await House.VisitAsync();
        var keys = alice.Page.Keyboard;
        await alice.Page.GotoAsync("/");
        await Expect(alice.Page.GetByLabel("Email")).ToBeFocusedAsync();
        await keys.TypeAsync(Person.Alice.Email);
        await keys.PressAsync("Tab");
        await keys.TypeAsync(TestHouse.Password);
        await keys.PressAsync("Enter");
        await alice.ReadyAsync();

        await TabToAsync(alice.Page, alice.Number);
        await keys.TypeAsync(Sip.Outside.Customer);
        await keys.PressAsync("Enter");
        await alice.ConnectedAsync();
        await TabToAsync(alice.Page, alice.HangUpButton);
        await keys.PressAsync("Enter");

        await alice.EndedAsync("The call is over");
        await outside.SucceedsAsync();
    }

    [Fact]
    public async Task PhoneScreen_375PixelsWide_FitsAndCalls()
    {
        await using var outside = House.Outside.IsCalledAndAnswers();
        await using var alice = await House.VisitAsync(options: new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 375, Height = 700 },
            HasTouch = true,
            IsMobile = true,
        });
        await alice.SignInAsync(Person.Alice);
        await alice.ReadyAsync();
        await alice.DialAsync(Sip.Outside.Customer);
        await alice.ConnectedAsync();
        await Expect(alice.HangUpButton).ToBeInViewportAsync();
        await alice.HangUpAsync();
        await outside.SucceedsAsync();

        foreach (var path in new[] { "/dialer", "/contacts", "/contacts/add", "/contacts/import", "/live", "/history", "/profile" })
        {
            await alice.Page.GotoAsync(path);
            Assert.True(await alice.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 375"), $"{path} is wider than the screen.");
        }
    }

    [Theory]
    [InlineData("call me maybe")]
    [InlineData("+12025550143&PJSIP/web-x")]
    [InlineData("+12025550143@elsewhere.example.com")]
    [InlineData("+1202555014377777777777")]
    public async Task WhatIsNoNumber_IsRefusedWithASentence_AndCallsNobody(string text)
    {
        await using var alice = await House.PhoneAsync(Person.Alice);

        await alice.DialAsync(text);

        await Expect(alice.Number).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex(@"\w.*\."));
        await Expect(alice.CurrentCall).ToBeHiddenAsync();
        Assert.Empty(await House.Ari.ChannelsAsync());
    }

    private static async Task AssertHeardAsync(Browser.BrowserPhone alice, RtpPeer sound)
    {
        await Task.WhenAll(
            Ear.HearsAsync(() => alice.HearAsync(TimeSpan.FromSeconds(4)), Speech.Instructions, other: Speech.Congratulations),
            Ear.HearsAsync(() => sound.HearAsync(TimeSpan.FromSeconds(4)), Speech.Congratulations, other: Speech.Instructions));
    }

    private static async Task TabToAsync(IPage page, ILocator target)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail("It cannot be reached with the Tab key.");
    }

    private static async Task AddFindingsAsync(IPage page, AxeRunOptions? rules, List<string> findings)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        var result = await page.RunAxe(rules);
        findings.AddRange(result.Violations.Where(found => found.Impact is "serious" or "critical")
            .Select(found => $"{page.Url}: {found.Impact}: {found.Id}: {string.Join(" | ", found.Nodes.Select(node => node.Html))}"));
    }
}
