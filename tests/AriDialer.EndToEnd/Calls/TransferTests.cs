using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>A customer calls Alice, who gives them to Bob: who hears whom before, meanwhile and after.</summary>
public sealed class TransferTests(TestHouse house) : CallTest(house)
{
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ToTakeEffect = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task TransferNow_CustomerHearsMusicThenTheColleague_AndTheAgentIsFree()
    {
        await using var sound = new RtpPeer(Speech.Menu);
        await using var alice = await House.PhoneAsync(Person.Alice, Speech.Congratulations);
        await using var customer = await CallsAsync(sound, alice);
        await using var bob = await House.PhoneAsync(Person.Bob, Speech.Instructions);

        await alice.TransferAsync("Bob", "Transfer now");
        await Expect(bob.IncomingCall).ToContainTextAsync(Outside.CustomerName, new() { Timeout = BrowserPhone.Patience });
        (await sound.HearAsync(Listening)).ShouldBeMusic(Speech.Congratulations, Speech.Instructions);
        await bob.AcceptAsync(Outside.CustomerName);
        await alice.EndedAsync("");
        await Supervisor.SeesAsync(Person.Bob.Name, Outside.CustomerName, "Connected");
        await Task.Delay(ToTakeEffect);
        await HearEachOtherAsync(sound, Speech.Menu, bob, Speech.Instructions);

        await bob.HangUpAsync();
        await customer.SucceedsAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        Assert.Contains(
            await Supervisor.TimelineAsync(row.CallId),
            line => line.Contains($"{Person.Alice.Name} transferred the call to {Person.Bob.Name}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TransferNow_Rejected_BringsTheCallBackWithASentence()
    {
        await using var sound = new RtpPeer(Speech.Menu);
        await using var alice = await House.PhoneAsync(Person.Alice, Speech.Congratulations);
        await using var customer = await CallsAsync(sound, alice);
        await using var bob = await House.PhoneAsync(Person.Bob, Speech.Instructions);

        await alice.TransferAsync(Person.Bob.Number!, "Transfer now");
        await bob.RejectAsync();
        await Expect(alice.Notices).ToContainTextAsync($"The transfer to {Person.Bob.Name} failed", new() { Timeout = BrowserPhone.Patience });
        await Task.Delay(ToTakeEffect);
        await HearEachOtherAsync(sound, Speech.Menu, alice, Speech.Congratulations);

        await alice.HangUpAsync();
        await customer.SucceedsAsync();
    }

    [Fact]
    public async Task TransferNow_ToOneselfOrNobody_IsRefusedAndTheCallUntouched()
    {
        await using var sound = new RtpPeer(Speech.Menu);
        await using var alice = await House.PhoneAsync(Person.Alice, Speech.Congratulations);
        await using var customer = await CallsAsync(sound, alice);

        foreach (var nonsense in new[] { Person.Alice.Number!, "911", "Nobody Atall", "&PJSIP/x" })
        {
            await alice.TransferAsync(nonsense, "Transfer now");
            await Expect(alice.TransferTo).ToBeVisibleAsync();
            await alice.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();
        }

        await alice.ConnectedAsync();
        await HearEachOtherAsync(sound, Speech.Menu, alice, Speech.Congratulations);
        await alice.HangUpAsync();
        await customer.SucceedsAsync();
    }

    [Fact]
    public async Task AskFirst_SwapAndComplete_EachHearsOnlyWhomTheyShould()
    {
        await using var sound = new RtpPeer(Speech.Menu);
        await using var alice = await House.PhoneAsync(Person.Alice, Speech.Congratulations);
        await using var customer = await CallsAsync(sound, alice);
        await using var bob = await House.PhoneAsync(Person.Bob, Speech.Instructions);

        await alice.TransferAsync("Bob", "Ask first");
        await bob.AcceptAsync(Person.Alice.Name);
        await alice.StateAsync("You talk to Bob Agent");
        await Task.Delay(ToTakeEffect);
        await Task.WhenAll(
            Ear.HearsMusicAsync(() => sound.HearAsync(Listening), Speech.Congratulations, Speech.Instructions),
            Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Instructions, other: Speech.Menu),
            Ear.HearsAsync(() => bob.HearAsync(Listening), Speech.Congratulations, other: Speech.Menu));

        await alice.PressAsync("Swap");
        await alice.StateAsync("Bob Agent waits");
        await Task.Delay(ToTakeEffect);
        await Task.WhenAll(
            Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions),
            Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Menu, other: Speech.Instructions),
            Ear.HearsMusicAsync(() => bob.HearAsync(Listening), Speech.Congratulations, Speech.Menu));

        await alice.PressAsync("Complete transfer");
        await alice.EndedAsync("");
        await Task.Delay(ToTakeEffect);
        await HearEachOtherAsync(sound, Speech.Menu, bob, Speech.Instructions);
        await bob.HangUpAsync();
        await customer.SucceedsAsync();
    }

    [Fact]
    public async Task AskFirst_Cancelled_BringsTheAgentBack()
    {
        await using var sound = new RtpPeer(Speech.Menu);
        await using var alice = await House.PhoneAsync(Person.Alice, Speech.Congratulations);
        await using var customer = await CallsAsync(sound, alice);
        await using var bob = await House.PhoneAsync(Person.Bob, Speech.Instructions);

        await alice.TransferAsync("Bob", "Ask first");
        await bob.AcceptAsync(Person.Alice.Name);
        await alice.StateAsync("You talk to Bob Agent");
        await alice.PressAsync("Cancel transfer");
        await bob.EndedAsync("");
        await Task.Delay(ToTakeEffect);
        await HearEachOtherAsync(sound, Speech.Menu, alice, Speech.Congratulations);
        await alice.HangUpAsync();
        await customer.SucceedsAsync();
    }

    private async Task<SippRun> CallsAsync(RtpPeer sound, BrowserPhone alice)
    {
        var customer = House.Outside.CallsAndWaits(Person.Alice.Number!, sound);
        await alice.AcceptAsync(Outside.CustomerName);
        await alice.ConnectedAsync();
        return customer;
    }

    private static async Task HearEachOtherAsync(RtpPeer sound, Speech says, BrowserPhone phone, Speech answers)
    {
        await Task.WhenAll(
            Ear.HearsAsync(() => sound.HearAsync(Listening), answers, other: says),
            Ear.HearsAsync(() => phone.HearAsync(Listening), says, other: answers));
    }
}
