using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.House;

namespace AriDialer.EndToEnd.Calls;

public sealed class BetweenBrowsersTests(TestHouse house) : CallTest(house)
{
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Browser_CallsBrowser_EachHearsTheOther()
    {
        await using var alice = await House.PhoneAsync(Person.Alice, Speech.Congratulations);
        await using var bob = await House.PhoneAsync(Person.Bob, Speech.Instructions);

        await alice.DialAsync(Person.Bob.Number!);
        await Supervisor.SeesAsync(Person.Alice.Name, Person.Bob.Name, "Internal", "Ringing");
        await bob.AcceptAsync(Person.Alice.Name);
        await alice.ConnectedAsync();
        await bob.ConnectedAsync();
        await Supervisor.SeesAsync(Person.Alice.Name, Person.Bob.Name, "Internal", "Connected");

        await Task.WhenAll(
            Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Instructions, other: Speech.Congratulations),
            Ear.HearsAsync(() => bob.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions));

        await bob.HangUpAsync();
        await alice.EndedAsync("The call is over");
        await bob.EndedAsync("The call is over");
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Person.Alice.Name, Person.Bob.Name, "Internal", "Completed", "Ended by the agent, cause 16");
    }

    [Fact]
    public async Task Mute_WhileTalking_LetsNothingThroughUntilUnmuted()
    {
        await using var alice = await House.PhoneAsync(Person.Alice, Speech.Congratulations);
        await using var bob = await House.PhoneAsync(Person.Bob, Speech.Instructions);
        await alice.DialAsync(Person.Bob.Number!);
        await bob.AcceptAsync(Person.Alice.Name);
        await alice.ConnectedAsync();

        await alice.MuteButton("Mute").ClickAsync();
        await Task.Delay(500);
        (await bob.HearAsync(TimeSpan.FromSeconds(2))).ShouldBeSilence();
        await alice.MuteButton("Unmute").ClickAsync();
        await Task.Delay(500);
        await Ear.HearsAsync(() => bob.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions);

        await alice.HangUpAsync();
        await bob.EndedAsync("The call is over");
    }

    [Fact]
    public async Task Colleague_CalledByName_RejectsAndTheCallerIsToldSo()
    {
        await using var alice = await House.PhoneAsync(Person.Alice);
        await using var bob = await House.PhoneAsync(Person.Bob, Speech.Instructions);

        await alice.ChooseAsync("Bob", Person.Bob.Name);
        await bob.RejectAsync();

        await alice.EndedAsync("The call was rejected");
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Person.Alice.Name, Person.Bob.Name, "Internal", "Rejected", "Ended by the agent, cause 21");
    }

    [Fact]
    public async Task Colleague_WithoutAPhone_IsUnavailable()
    {
        await using var alice = await House.PhoneAsync(Person.Alice);

        await alice.DialAsync(Person.Bob.Number!);

        await alice.EndedAsync("No phone of this person is connected");
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Person.Alice.Name, Person.Bob.Name, "Internal", "Unavailable", "Ended by the system, cause 20");
    }
}
