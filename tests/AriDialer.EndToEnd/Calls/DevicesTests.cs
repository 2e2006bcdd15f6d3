using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>Microphone, speaker and ring device: chosen, switched in mid-call, pulled out, and dead.</summary>
public sealed class DevicesTests(TestHouse house) : CallTest(house)
{
    // Chromium's pretend devices.
    private const string Microphone = "Fake Audio Input 2";
    private const string Speaker = "Fake Audio Output 2";
    private const float Patience = 15_000;
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(3);

    /// <summary>From hearing the beginning of the explanation to well into the echo; to its own end it would take twice as long.</summary>
    private static readonly TimeSpan Explanation = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Devices_SwitchedInMidCall_AreUsedWithoutANewOffer_AndRemembered()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await using var alice = await PhoneAsync();
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        var offers = await alice.Page.EvaluateAsync<int>("offersForTest");

        var dialog = await OpenAsync(alice);
        await dialog.GetByLabel("Microphone", new() { Exact = true }).SelectOptionAsync(Microphone);
        await dialog.GetByLabel("Speaker").SelectOptionAsync(Speaker);

        await SendsAsync(alice, Microphone);
        await alice.Page.WaitForFunctionAsync("label => callSinksForTest.at(-1) === label", Speaker);
        await AssertBothHeardAsync(alice, sound);
        await dialog.GetByLabel("Noise suppression").ClickAsync();
        await SendsAsync(alice, Microphone, count: 2);
        await AssertBothHeardAsync(alice, sound);
        Assert.Equal(offers, await alice.Page.EvaluateAsync<int>("offersForTest"));

        await alice.HangUpAsync();
        await alice.EndedAsync("The call is over");
        await outside.SucceedsAsync();
        await alice.Page.ReloadAsync();
        dialog = await OpenAsync(alice);
        await Expect(dialog.GetByLabel("Microphone", new() { Exact = true }).Locator("option:checked")).ToHaveTextAsync(Microphone);
        await Expect(dialog.GetByLabel("Noise suppression")).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task Headset_PulledOutInMidCall_TheCallGoesOnWithTheDefault_UntilItIsBack()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await using var alice = await PhoneAsync();
        var dialog = await OpenAsync(alice);
        await dialog.GetByLabel("Microphone", new() { Exact = true }).SelectOptionAsync(Microphone);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();

        await alice.Page.EvaluateAsync("label => unplugForTest(label)", Microphone);
        await SaysAsync(alice, $"“{Microphone}” is not connected. The call goes on with the default microphone.");
        await AssertBothHeardAsync(alice, sound);

        await alice.Page.EvaluateAsync("label => plugForTest(label)", Microphone);
        await SaysAsync(alice, $"“{Microphone}” is back, and is your microphone again.");
        await SendsAsync(alice, Microphone);
        await AssertBothHeardAsync(alice, sound);

        await alice.HangUpAsync();
        await outside.SucceedsAsync();
    }

    [Fact]
    public async Task EchoCall_IsAnsweredByTheDialplan_AndOneHearsOneself()
    {
        await using var alice = await PhoneAsync();
        var dialog = await OpenAsync(alice);

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Echo call" }).ClickAsync();
        await alice.ConnectedAsync();
        await Expect(alice.CurrentCall).ToContainTextAsync("Echo call");
        await Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.EchoExplained, other: Speech.Congratulations);
        await Task.Delay(Explanation);
        await Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions);
        await Supervisor.SeesNothingAsync();
        await alice.HangUpAsync();
        await alice.EndedAsync("The call has ended");
    }

    [Fact]
    public async Task SpeakingWhileMuted_IsSaid_UntilUnmuted()
    {
        await using var outside = House.Outside.IsCalledAndAnswers();
        await using var alice = await PhoneAsync();
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        await Task.Delay(1000);
        await Expect(alice.Page.GetByText("You are muted")).ToHaveCountAsync(0);

        await alice.MuteButton("Mute").ClickAsync();
        await SaysAsync(alice, "You are muted.");
        await alice.MuteButton("Unmute").ClickAsync();
        await Expect(alice.Page.GetByText("You are muted")).ToHaveCountAsync(0);

        await alice.HangUpAsync();
        await outside.SucceedsAsync();
    }

    [Fact]
    public async Task DeadMicrophone_IsSaid_WithWhatToDo()
    {
        await using var outside = House.Outside.IsCalledAndAnswers();
        await using var alice = await PhoneAsync();
        await alice.Page.EvaluateAsync("window.deadMicrophoneForTest = true");
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();

        await SaysAsync(alice, "Your microphone gives no sound");

        await alice.Page.EvaluateAsync("window.deadMicrophoneForTest = false");
        var dialog = await OpenAsync(alice);
        await dialog.GetByLabel("Microphone", new() { Exact = true }).SelectOptionAsync(Microphone);
        await Expect(alice.Page.GetByText("Your microphone gives no sound")).ToHaveCountAsync(0);
        await alice.HangUpAsync();
        await outside.SucceedsAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 375)]
    public async Task Dialog_ShowsTheLevel_FitsAndHasNoSeriousFindingOfAxe(ColorScheme scheme, int width)
    {
        await using var alice = await PhoneAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 700 },
        });
        await alice.Page.GotoAsync("/history");
        await alice.ReadyAsync();
        var dialog = await OpenAsync(alice);

        await Expect(dialog.GetByRole(AriaRole.Meter, new() { Name = "Microphone level" }))
            .ToHaveAttributeAsync("aria-valuenow", new System.Text.RegularExpressions.Regex("^([2-9][0-9]|100)$"), new() { Timeout = Patience });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Test speaker" }).ClickAsync();
        await dialog.GetByLabel("Ring device").SelectOptionAsync(Speaker);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Test ring" }).ClickAsync();
        await alice.Page.WaitForFunctionAsync("label => toneSinksForTest.at(-1) === label", Speaker);
        Assert.True(await alice.Page.EvaluateAsync<bool>($"document.documentElement.scrollWidth <= {width}"), "It is wider than the screen.");
        var findings = (await alice.Page.RunAxe()).Violations.Where(found => found.Impact is "serious" or "critical");
        Assert.Empty(findings.Select(found => $"{found.Id}: {string.Join(" | ", found.Nodes.Select(node => node.Html))}"));

        await alice.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(Opener(alice)).ToBeFocusedAsync();
        Assert.DoesNotContain(alice.Console, line => line.StartsWith("uncaught", StringComparison.Ordinal));
    }

    /// <summary>Alice, ready to call, at a computer whose devices the test can pull out.</summary>
    private async Task<BrowserPhone> PhoneAsync(BrowserNewContextOptions? options = null)
    {
        var alice = await House.VisitAsync(options: options);
        await alice.Page.AddInitScriptAsync(scriptPath: Path.Combine(AppContext.BaseDirectory, "Browser", "computer.js"));
        await alice.SignInAsync(Person.Alice);
        await alice.ReadyAsync();
        return alice;
    }

    private static ILocator Opener(BrowserPhone alice) => alice.Page.GetByRole(AriaRole.Button, new() { Name = "Sound devices" });

    private static async Task<ILocator> OpenAsync(BrowserPhone alice)
    {
        await Opener(alice).ClickAsync();
        var dialog = alice.Page.GetByRole(AriaRole.Dialog, new() { Name = "Sound devices" });
        await Expect(dialog).ToBeVisibleAsync();
        return dialog;
    }

    private static Task SaysAsync(BrowserPhone alice, string sentence) =>
        Expect(alice.Page.GetByText(sentence)).ToBeVisibleAsync(new() { Timeout = Patience });

    /// <summary>Waits until the call's microphone was replaced so often, last by this one.</summary>
    private static Task SendsAsync(BrowserPhone alice, string label, int count = 1) => alice.Page.WaitForFunctionAsync(
        "([label, count]) => sentForTest.length >= count && sentForTest.at(-1) === label", new object[] { label, count });

    private static async Task AssertBothHeardAsync(BrowserPhone alice, RtpPeer sound)
    {
        await Task.WhenAll(
            Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Instructions, other: Speech.Congratulations),
            Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions));
    }
}
