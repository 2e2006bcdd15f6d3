using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>Three in a call, and two calls at once.</summary>
public sealed class ConferenceTests(TestHouse house) : CallTest(house)
{
    private const string Written = "+44 20 7946 0123";
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ToTakeEffect = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task Added_EveryoneHearsEveryone_OwnerMutesAndRemoves_OthersTalkOn()
    {
        await using var sound = new RtpPeer(Speech.Menu);
        await using var customer = House.Outside.IsCalledAndAnswers(sound);
        await using var alice = await House.PhoneAsync(Person.Alice, Speech.Congratulations);
        await using var bob = await House.PhoneAsync(Person.Bob, Speech.Instructions);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();

        await alice.AddAsync("Bob");
        await bob.AcceptAsync(Person.Alice.Name);
        await alice.TalksToAsync(2);

        // One speaks at a time, so that each voice can be told by itself.
        await alice.DoToAsync("Mute", Person.Bob.Name);
        await alice.DoToAsync("Mute", Written);
        await Task.Delay(ToTakeEffect);
        await Task.WhenAll(
            Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions),
            Ear.HearsAsync(() => bob.HearAsync(Listening), Speech.Congratulations, other: Speech.Menu));

        await alice.DoToAsync("Unmute", Person.Bob.Name);
        await alice.PressAsync("Mute");
        await Task.Delay(ToTakeEffect);
        await Task.WhenAll(
            Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Instructions, other: Speech.Congratulations),
            Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Instructions, other: Speech.Menu));

        await alice.DoToAsync("Unmute", Written);
        await alice.DoToAsync("Mute", Person.Bob.Name);
        await Task.Delay(ToTakeEffect);
        await Task.WhenAll(
            Ear.HearsAsync(() => bob.HearAsync(Listening), Speech.Menu, other: Speech.Congratulations),
            Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Menu, other: Speech.Instructions));

        await alice.DoToAsync("Remove", Person.Bob.Name);
        await bob.EndedAsync("");
        await alice.ConnectedAsync();
        await alice.HangUpAsync();
        await customer.SucceedsAsync();
    }

    [Fact]
    public async Task SecondCall_HoldsTheFirst_AndMerged_GoesOnWithoutTheOneWhoMerged()
    {
        await using var sound = new RtpPeer(Speech.Menu);
        await using var customer = House.Outside.IsCalledAndAnswers(sound);
        await using var alice = await House.PhoneAsync(Person.Alice, Speech.Congratulations);
        await using var bob = await House.PhoneAsync(Person.Bob, Speech.Instructions);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();

        await bob.DialAsync(Person.Alice.Number!);
        await alice.AcceptAsync(Person.Bob.Name);
        await bob.ConnectedAsync();
        await Expect(alice.OtherCalls).ToContainTextAsync("Held", new() { Timeout = BrowserPhone.Patience });
        await Task.Delay(ToTakeEffect);
        await Task.WhenAll(
            Ear.HearsMusicAsync(() => sound.HearAsync(Listening), Speech.Congratulations, Speech.Instructions),
            Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Instructions, other: Speech.Menu));

        await alice.PressAsync("Swap");
        await Expect(alice.CurrentCall).ToContainTextAsync(Written, new() { Timeout = BrowserPhone.Patience });
        await Task.Delay(ToTakeEffect);
        await Task.WhenAll(
            Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Menu, other: Speech.Instructions),
            Ear.HearsMusicAsync(() => bob.HearAsync(Listening), Speech.Congratulations, Speech.Menu));

        await alice.PressAsync("Merge");
        await alice.TalksToAsync(2);
        await Task.Delay(ToTakeEffect);
        await alice.HangUpAsync();
        await alice.EndedAsync("");
        await Task.Delay(ToTakeEffect);
        await Task.WhenAll(
            Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Instructions, other: Speech.Congratulations),
            Ear.HearsAsync(() => bob.HearAsync(Listening), Speech.Menu, other: Speech.Congratulations));

        await bob.HangUpAsync();
        await customer.SucceedsAsync();
        Assert.Equal(2, (await Supervisor.NewCallsAsync(2)).Count);
    }
}
