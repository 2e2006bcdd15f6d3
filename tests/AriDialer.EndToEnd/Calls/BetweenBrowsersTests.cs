using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.House;

namespace AriDialer.EndToEnd.Calls;

public sealed class BetweenBrowsersTests(TestHouse house) : CallTest(house)
{
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Browser_CallsBrowser_EachHearsTheOther()
    {
        await using var alice = await House.PhoneAsync(Person.Alice, Speech.Congratulations);
        await using var bob = await House.PhoneAsync(Person.Bob, Speech.Instructions);

        await alice.DialAsync(Person.Bob.Number!);
        await bob.AcceptAsync(Person.Alice.Name);
        await alice.ConnectedAsync();
        await bob.ConnectedAsync();

        var heard = await Task.WhenAll(alice.HearAsync(Listening), bob.HearAsync(Listening));
        heard[0].ShouldBe(Speech.Instructions, other: Speech.Congratulations);
        heard[1].ShouldBe(Speech.Congratulations, other: Speech.Instructions);

        await bob.HangUpAsync();
        await alice.EndedAsync("The call is over|The call has ended");
    }
}
