using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;

namespace AriDialer.EndToEnd.Calls;

/// <summary>Who calls without a right to, and what is dialled that is no number.</summary>
public sealed class HostileTests(TestHouse house) : CallTest(house)
{
    [Theory]
    [InlineData("mallory")]
    [InlineData("anonymous")]
    [InlineData("aridialer-trunk")]
    [InlineData("%26%40%0d%0aX-Evil%3a1")]
    public async Task Stranger_CallsAsterisk_IsRefusedLikeAnyOther(string user)
    {
        await using var stranger = House.Outside.CallsAsAStranger(user, Outside.Customer);

        await stranger.SucceedsAsync();

        await AssertNothingCameOfItAsync();
    }

    [Fact]
    public async Task Stranger_WhoKnowsThePhonesName_IsRefusedWithoutItsPassword()
    {
        await using var alice = await House.PhoneAsync(Person.Alice);
        var session = await alice.SessionAsync();
        await using var stranger = House.Outside.CallsAsAStranger(session.Endpoint, Outside.Customer);

        await stranger.SucceedsAsync();

        await AssertNothingCameOfItAsync();
    }

    [Theory]
    [InlineData("+442079460123%26PJSIP%2Faridialer-trunk", 484)]
    [InlineData("+442079460123%40evil.example", 484)]
    [InlineData("+442079460123%0d%0aX-Evil:%201", 484)]
    [InlineData("+442079460123%22%3E%3Cscript%3E", 484)]
    [InlineData("%26PJSIP%2Faridialer-trunk", 404)]
    [InlineData("%D9%A0%D9%A1%D9%A2", 404)]
    [InlineData("person-%26PJSIP%2Faridialer-trunk", 484)]
    public async Task Phone_DialsWhatIsNoNumber_IsRefused(string dialled, int status)
    {
        var desk = await DeskPhone.OfAsync(House, Person.Alice);
        await using var outside = House.Outside.IsCalledAndAnswers();
        await using var call = desk.CallsAndIsRefused(dialled, status);

        await call.SucceedsAsync();

        Assert.DoesNotContain("INVITE", outside.Messages, StringComparison.Ordinal);
        if (status == 484)
            Assert.Equal("No such number", (await Supervisor.OnlyNewCallAsync()).Result);
    }

    [Fact]
    public async Task Phone_DialsFiveHundredDigits_IsRefused()
    {
        var desk = await DeskPhone.OfAsync(House, Person.Alice);
        await using var call = desk.CallsAndIsRefused($"+{new string('1', 500)}", 484);

        await call.SucceedsAsync();
    }

    [Fact]
    public async Task AppDead_PhoneDialsWhatIsNoNumber_OnlyDigitsReachTheTrunk()
    {
        var desk = await DeskPhone.OfAsync(House, Person.Alice);
        await House.App.KillAsync();
        await using var outside = House.Outside.IsCalledAndAnswers();
        await using var call = desk.Calls("+442079460%26PJSIP%2Faridialer-trunk%2F12%403", talkFor: 300);

        await call.SucceedsAsync();
        await outside.SucceedsAsync();

        Assert.Contains("INVITE sip:+442079460123@127.0.0.1", outside.Messages, StringComparison.Ordinal);
    }

    private async Task AssertNothingCameOfItAsync()
    {
        Assert.DoesNotContain(await House.Ari.ChannelsAsync(), static channel => channel.Contains("PJSIP/", StringComparison.Ordinal));
        Assert.Empty(await Supervisor.NewCallsAsync(0));
    }
}
