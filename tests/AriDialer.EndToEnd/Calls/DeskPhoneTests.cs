using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>A telephone on Bob's desk beside his browser: it rings along, holds, and transfers by REFER.</summary>
public sealed class DeskPhoneTests(TestHouse house) : CallTest(house)
{
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ToTakeEffect = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task DeskPhoneAndBrowser_RingTogether_AnsweredOnTheDesk_IsAnsweredElsewhereInTheBrowser()
    {
        await using var bob = await House.PhoneAsync(Person.Bob, Speech.Instructions);
        await using var desk = await PhoneOnTheDeskAsync(bob);
        await using var sound = new RtpPeer(Speech.Congratulations);
        await using var customer = House.Outside.CallsAndWaits(Person.Bob.Number!, sound);

        await Expect(bob.IncomingCall).ToContainTextAsync(Outside.CustomerName, new() { Timeout = BrowserPhone.Patience });
        await desk.SeesAsync("CALL_INCOMING");
        await desk.PressAsync("accept");
        await desk.SeesAsync("CALL_ESTABLISHED");
        await Expect(bob.IncomingCall).ToBeHiddenAsync(new() { Timeout = BrowserPhone.Patience });
        await Task.Delay(ToTakeEffect);
        await Task.WhenAll(
            Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Menu, other: Speech.Congratulations),
            Ear.HearsAsync(() => desk.HearAsync(Listening), Speech.Congratulations, other: Speech.Menu));

        await desk.PressAsync("hold");
        await Supervisor.SeesAsync(Person.Bob.Name, Outside.CustomerName, "Held");
        await Task.Delay(ToTakeEffect);
        (await sound.HearAsync(Listening)).ShouldBeMusic(Speech.Menu);
        await desk.PressAsync("resume");
        await Task.Delay(ToTakeEffect);
        await Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Menu, other: Speech.Congratulations);

        await desk.PressAsync("hangup");
        await customer.SucceedsAsync();
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Outside.CustomerName, Person.Bob.Name, "Inbound", "Completed", "Ended by the agent, cause 16");
    }

    [Fact]
    public async Task DeskPhone_TransfersByRefer_UnderTheSameRules()
    {
        await using var page = await House.PhoneAsync(Person.Bob, Speech.Instructions);
        await using var desk = await PhoneOnTheDeskAsync(page);
        await using var alice = await House.PhoneAsync(Person.Alice, Speech.Instructions);
        await using var sound = new RtpPeer(Speech.Congratulations);
        await using var customer = House.Outside.CallsAndWaits(Person.Bob.Number!, sound);
        await desk.SeesAsync("CALL_INCOMING");
        await desk.PressAsync("accept");
        await desk.SeesAsync("CALL_ESTABLISHED");
        await Supervisor.SeesAsync(Person.Bob.Name, Outside.CustomerName, "Connected");

        // Nobody has this number. This phone hangs up when it is told so, and is rung again.
        await desk.PressAsync("transfer", "12");
        await desk.SeesAsync("TRANSFER_FAILED");
        await desk.SeesAsync("CALL_INCOMING");
        await desk.PressAsync("accept");
        await desk.SeesAsync("CALL_ESTABLISHED");
        await Supervisor.SeesAsync(Person.Bob.Name, Outside.CustomerName, "Connected");
        await Task.Delay(ToTakeEffect);
        await Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Menu, other: Speech.Congratulations);

        await desk.PressAsync("transfer", Person.Alice.Number!);
        await alice.AcceptAsync(Outside.CustomerName);
        await desk.SeesAsync("CALL_CLOSED");
        await Task.Delay(ToTakeEffect);
        await Task.WhenAll(
            Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Instructions, other: Speech.Menu),
            Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Congratulations, other: Speech.Menu));
        await alice.HangUpAsync();
        await customer.SucceedsAsync();
    }

    [Fact]
    public async Task DeskPhone_JoinsItsTwoCallsByRefer_AndLeavesBoth()
    {
        var endpoint = await DeskPhone.OfAsync(House, Person.Alice);
        await using var bob = await House.PhoneAsync(Person.Bob, Speech.Instructions);
        await using var sound = new RtpPeer(Speech.Menu);
        await using var customer = House.Outside.IsCalledAndAnswers(sound);
        await using var desk = new ScriptedPhone(endpoint.Endpoint, endpoint.Port, House.Asterisk.SipPort);
        var calling = desk.CallAsync(Person.Bob.Number!);
        await bob.AcceptAsync(Person.Alice.Name);
        var first = await calling;
        var second = await desk.CallAsync(Outside.Customer);
        await Supervisor.SeesAsync(Person.Alice.Name, "Outbound", "Connected");

        await desk.ReferAsync(first, second);

        await desk.DoneAsync(first);
        await Task.WhenAll(desk.EndedAsync(first), desk.EndedAsync(second));
        await Task.Delay(ToTakeEffect);
        await Task.WhenAll(
            Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Instructions, other: Speech.Menu),
            Ear.HearsAsync(() => bob.HearAsync(Listening), Speech.Menu, other: Speech.Instructions));
        await bob.HangUpAsync();
        await customer.SucceedsAsync();
        Assert.Equal(2, (await Supervisor.NewCallsAsync(2)).Count);
    }

    /// <summary>Adds the phone on the person's page, as they do, and types what it says into it.</summary>
    private async Task<Baresip> PhoneOnTheDeskAsync(BrowserPhone page)
    {
        var tab = await page.Page.Context.NewPageAsync();
        await tab.GotoAsync("/profile/phones");
        await tab.GetByLabel("Name of the new phone").FillAsync("Desk");
        await tab.GetByLabel("Your password").FillAsync(TestHouse.Password);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Add a phone" }).ClickAsync();
        var words = tab.Locator("dl[aria-label='Settings of the phone'] code");
        await Expect(words.Nth(2)).ToBeVisibleAsync();
        var (user, password) = (await words.Nth(1).InnerTextAsync(), await words.Nth(2).InnerTextAsync());
        await tab.CloseAsync();
        return await Baresip.StartAsync(House.Asterisk, user, password, Speech.Menu);
    }
}
