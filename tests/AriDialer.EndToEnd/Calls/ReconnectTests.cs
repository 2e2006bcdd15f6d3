using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>The browser vanishes in mid-call: a page that is left or closed, with the other side on the line.</summary>
public sealed class ReconnectTests(TestHouse house) : CallTest(house)
{
    private const string Written = "+44 20 7946 0123";
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ToTakeEffect = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task Page_LeftInMidCall_OtherSideHearsMusic_UntilThePageIsBack()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await using var alice = await House.PhoneAsync(Person.Alice);
        alice.Page.Dialog += (_, question) => question.AcceptAsync();
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Connected");

        await alice.Page.GotoAsync("about:blank");
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Reconnecting");
        await Task.Delay(ToTakeEffect);
        (await sound.HearAsync(Listening)).ShouldBeMusic(Speech.Congratulations);

        await alice.Page.GotoAsync("/history");
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Connected");
        await alice.ConnectedAsync();
        await Expect(alice.IncomingCall).ToBeHiddenAsync();
        await Task.Delay(ToTakeEffect);
        await Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions);
        await Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Instructions, other: Speech.Congratulations);

        await alice.HangUpAsync();
        await outside.SucceedsAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Person.Alice.Name, Written, "Outbound", "Completed", "by the agent");
        var timeline = await Supervisor.TimelineAsync(row.CallId);
        Assert.Contains(timeline, line => line.Contains($"The connection to {Person.Alice.Name} was lost", StringComparison.Ordinal));
        Assert.Contains(timeline, line => line.Contains($"{Person.Alice.Name} was back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_LeftWhileItRings_WhoAnswersHearsMusic_UntilThePageIsBack()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound, ringFor: 3000);
        await using var alice = await House.PhoneAsync(Person.Alice);
        alice.Page.Dialog += (_, question) => question.AcceptAsync();
        await alice.DialAsync(Outside.Customer);
        await alice.StateAsync("Ringing");

        await alice.Page.GotoAsync("about:blank");
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Reconnecting");
        await Task.Delay(ToTakeEffect);
        (await sound.HearAsync(Listening)).ShouldBeMusic(Speech.Congratulations);

        await alice.Page.GotoAsync("/history");
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Connected");
        await alice.ConnectedAsync();
        await Task.Delay(ToTakeEffect);
        await Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions);
        await alice.HangUpAsync();
        await outside.SucceedsAsync();
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Person.Alice.Name, Written, "Outbound", "Completed", "by the agent");
    }

    [Fact]
    public async Task LeadTab_ClosedInMidCall_TheOtherTabGoesOnWithTheCall()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var alice = await House.PhoneAsync(Person.Alice);
        var tab = await alice.NewTabAsync("/history");
        await using var caller = House.Outside.CallsAndWaits(Person.Alice.Number!, sound);
        await alice.AcceptAsync(Outside.CustomerName);
        await alice.ConnectedAsync();
        await alice.PressAsync("Mute");
        await Expect(tab.CurrentCall).ToContainTextAsync("in another tab", new() { Timeout = BrowserPhone.Patience });
        await Expect(tab.MuteButton("Unmute")).ToBeVisibleAsync(new() { Timeout = BrowserPhone.Patience });

        await alice.Page.CloseAsync();
        await tab.ReadyAsync();
        // Neither in another tab any more, nor lost.
        await Expect(tab.CurrentCall.Locator(".call-note")).ToBeHiddenAsync(new() { Timeout = BrowserPhone.Patience });
        await tab.ConnectedAsync();
        await Task.Delay(ToTakeEffect);
        await Ear.HearsAsync(() => tab.HearAsync(Listening), Speech.Instructions, other: Speech.Congratulations);
        // As it was before: muted.
        (await sound.HearAsync(Listening)).ShouldBeSilence();
        await tab.PressAsync("Unmute");
        await Task.Delay(ToTakeEffect);
        await Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions);

        await tab.HangUpAsync();
        await caller.SucceedsAsync();
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Outside.CustomerName, Person.Alice.Name, "Inbound", "Completed", "by the agent");
    }

    [Fact]
    public async Task Page_ClosedWhileTheAppIsDead_AndNotBackInTime_EndsTheCallWithTheReason()
    {
        await using var outside = House.Outside.IsCalledAndAnswers();
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();

        await House.App.KillAsync();
        await alice.Page.CloseAsync();
        await House.App.StartAsync();
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Reconnecting");

        await outside.SucceedsAsync();
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Person.Alice.Name, Written, "Outbound", "Connection lost", "by the system, cause 27");
    }
}
