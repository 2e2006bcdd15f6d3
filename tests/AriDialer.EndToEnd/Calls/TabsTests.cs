using System.Diagnostics;
using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using AriDialer.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>Several tabs of one person are one phone; and where calls go that the person does not take.</summary>
public sealed class TabsTests(TestHouse house) : CallTest(house)
{
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ToTakeEffect = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task SecondTab_ShowsAndControlsTheCall_WhoseSoundIsInTheFirst()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await using var alice = await House.PhoneAsync(Person.Alice);
        var tab = await alice.Page.Context.NewPageAsync();
        await tab.GotoAsync("/history");
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        var other = tab.GetByRole(AriaRole.Region, new() { Name = "Current call" });
        await Expect(other).ToContainTextAsync("Connected", new() { Timeout = BrowserPhone.Patience });

        await other.GetByRole(AriaRole.Button, new() { Name = "Mute", Exact = true }).ClickAsync();
        await Expect(alice.Control("Unmute")).ToBeVisibleAsync(new() { Timeout = BrowserPhone.Patience });
        await Task.Delay(ToTakeEffect);
        (await sound.HearAsync(Listening)).ShouldBeSilence();
        await other.GetByRole(AriaRole.Button, new() { Name = "Unmute", Exact = true }).ClickAsync();

        await other.GetByRole(AriaRole.Button, new() { Name = "Hold", Exact = true }).ClickAsync();
        await alice.StateAsync("Held");
        await Task.Delay(ToTakeEffect);
        (await sound.HearAsync(Listening)).ShouldBeMusic(Speech.Congratulations);
        await alice.PressAsync("Resume");
        await Expect(other).ToContainTextAsync("Connected");
        await Task.Delay(ToTakeEffect);
        await Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions);

        await other.GetByRole(AriaRole.Button, new() { Name = "Hang up", Exact = true }).ClickAsync();
        await alice.EndedAsync("The call is over");
        await outside.SucceedsAsync();
    }

    [Fact]
    public async Task LeadTabCloses_TheOtherIsThePhone_AndIsCalled()
    {
        await using var alice = await House.PhoneAsync(Person.Alice);
        await using var bob = await House.PhoneAsync(Person.Bob, Speech.Instructions);
        var tab = await alice.Page.Context.NewPageAsync();
        await tab.GotoAsync("/history");
        await Expect(tab.GetByRole(AriaRole.Status, new() { Name = "Phone", Exact = true })).ToContainTextAsync("another tab");

        await alice.Page.CloseAsync();
        await Expect(tab.GetByRole(AriaRole.Status, new() { Name = "Phone", Exact = true })).ToHaveTextAsync("Ready", new() { Timeout = BrowserPhone.Patience });
        await bob.DialAsync(Person.Alice.Number!);
        await tab.GetByRole(AriaRole.Dialog, new() { Name = "Incoming call" }).GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await bob.ConnectedAsync();
        await bob.HangUpAsync();
        await bob.EndedAsync("The call is over");
    }

    [Fact]
    public async Task Unanswered_GoesOnToTheNumberThatWasNamed()
    {
        await using var alice = await House.PhoneAsync(Person.Alice);
        await using var bob = await House.PhoneAsync(Person.Bob, Speech.Instructions);
        await bob.ForwardUnansweredAsync(Outside.Customer);
        try
        {
            await using var sound = new RtpPeer(Speech.Menu);
            await using var outside = House.Outside.IsCalledAndAnswers(sound);
            await alice.DialAsync(Person.Bob.Number!);
            await Expect(bob.IncomingCall).ToBeVisibleAsync(new() { Timeout = BrowserPhone.Patience });
            await Expect(bob.IncomingCall).ToBeHiddenAsync(new() { Timeout = 2 * BrowserPhone.Patience });
            await alice.ConnectedAsync();
            await Task.Delay(ToTakeEffect);
            await Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Menu, other: Speech.Instructions);
            await alice.HangUpAsync();
            await outside.SucceedsAsync();
            var row = await Supervisor.OnlyNewCallAsync();
            Assert.Contains(await Supervisor.TimelineAsync(row.CallId), line => line.Contains("The call went on to", StringComparison.Ordinal));
        }
        finally
        {
            await bob.ForwardUnansweredAsync(to: null);
        }
    }

    [Fact]
    public async Task CalleeReloads_WhileItRings_IsRungAgain()
    {
        using var line = new FaultLine("Page reloaded", "while it rings there");
        await using var bob = await House.PhoneAsync(Person.Bob);
        await using var customer = House.Outside.CallsAndHangsUp(Person.Bob.Number!, talkFor: 500);
        await Expect(bob.IncomingCall).ToBeVisibleAsync(new() { Timeout = BrowserPhone.Patience });

        await bob.Page.ReloadAsync();
        var start = Stopwatch.GetTimestamp();
        await bob.AcceptAsync(Outside.CustomerName);
        var took = Stopwatch.GetElapsedTime(start);
        await customer.SucceedsAsync();
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Outside.CustomerName, Person.Bob.Name, "Inbound", "Completed", "cause 16");
        line.Survived("it rings on the new page too; answered after", took);
    }
}
