using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;

namespace AriDialer.EndToEnd.Calls;

/// <summary>Hold and digits, by what is heard.</summary>
public sealed class HoldTests(TestHouse house) : CallTest(house)
{
    private const string Written = "+44 20 7946 0123";
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ToTakeEffect = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task Hold_OtherSideHearsMusicAndNoSpeech_UntilResumed()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();

        await alice.PressAsync("Hold");
        await alice.StateAsync("Held");
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Held");
        await Task.Delay(ToTakeEffect);
        var held = await Task.WhenAll(sound.HearAsync(Listening), alice.HearAsync(Listening));
        held[0].ShouldBeMusic(Speech.Congratulations, Speech.Instructions);
        held[1].ShouldBeSilence();

        await alice.PressAsync("Resume");
        await alice.ConnectedAsync();
        await Task.Delay(ToTakeEffect);
        await Task.WhenAll(
            Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions),
            Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Instructions, other: Speech.Congratulations));

        await alice.HangUpAsync();
        await outside.SucceedsAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        Assert.Contains(await Supervisor.TimelineAsync(row.CallId), line => line.Contains("put the others on hold", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BothHold_NeitherHearsTheOther_UntilBothResumed()
    {
        await using var alice = await House.PhoneAsync(Person.Alice, Speech.Congratulations);
        await using var bob = await House.PhoneAsync(Person.Bob, Speech.Instructions);
        await alice.DialAsync(Person.Bob.Number!);
        await bob.AcceptAsync(Person.Alice.Name);
        await alice.ConnectedAsync();

        await alice.PressAsync("Hold");
        await bob.StateAsync("Held by the other side");
        await bob.PressAsync("Hold");
        await bob.StateAsync("Held");
        await alice.PressAsync("Resume");
        await alice.StateAsync("Held by the other side");
        await Task.Delay(ToTakeEffect);
        (await alice.HearAsync(Listening)).ShouldBeMusic(Speech.Instructions);

        await bob.PressAsync("Resume");
        await alice.ConnectedAsync();
        await Task.Delay(ToTakeEffect);
        await Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Instructions, other: Speech.Congratulations);
        await alice.HangUpAsync();
        await bob.EndedAsync("The call is over");
    }

    [Fact]
    public async Task Keypad_TypedAndPasted_IsHeardOutsideInOrder_AndHiddenDigitsStandNowhere()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();

        await alice.PressAsync("Keypad");
        var keypad = alice.Page.GetByRole(Microsoft.Playwright.AriaRole.Region, new() { Name = "Keypad" });
        await keypad.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "1", Exact = true }).ClickAsync();
        await alice.Page.Keyboard.PressAsync("2");
        await alice.Page.Keyboard.PressAsync("#");
        await Eventually.TrueAsync(() => Task.FromResult(sound.Keys == "12#"), () => $"Heard {sound.Keys}.");

        await keypad.GetByRole(Microsoft.Playwright.AriaRole.Checkbox, new() { Name = "Hide digits in the history" })
            .Or(keypad.GetByRole(Microsoft.Playwright.AriaRole.Switch, new() { Name = "Hide digits in the history" })).CheckAsync();
        await keypad.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "9", Exact = true }).ClickAsync();
        await Eventually.TrueAsync(() => Task.FromResult(sound.Keys == "12#9"), () => $"Heard {sound.Keys}.");

        await alice.HangUpAsync();
        await outside.SucceedsAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        var sent = (await Supervisor.TimelineAsync(row.CallId)).Where(line => line.Contains(" sent ", StringComparison.Ordinal)).ToArray();
        Assert.Contains(sent, line => line.Contains('2', StringComparison.Ordinal));
        Assert.Contains(sent, line => line.Contains('•', StringComparison.Ordinal));
        Assert.DoesNotContain(sent, line => line.Contains("sent 9", StringComparison.Ordinal));
    }
}
