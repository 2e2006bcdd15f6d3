using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;

namespace AriDialer.EndToEnd.Calls;

/// <summary>From the browser to the telephone network.</summary>
public sealed class OutgoingTests(TestHouse house) : CallTest(house)
{
    private const string Written = "+44 20 7946 0123";
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Answered_BothHearEachOther_AndTheNumberShownIsTheCallersOwn()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound, ringFor: 1500);
        await using var alice = await House.PhoneAsync(Person.Alice);

        await alice.DialAsync("(+44) 20-7946.0123");
        await alice.StateAsync("Ringing");
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Outbound", "Ringing");
        await alice.ConnectedAsync();
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Outbound", "Connected");

        await Task.WhenAll(
            Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Instructions, other: Speech.Congratulations),
            Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions));

        await alice.HangUpAsync();
        await alice.EndedAsync("The call is over");
        await outside.SucceedsAsync();
        Assert.Matches($"INVITE sip:\\{Outside.Customer}@", outside.Messages);
        Assert.Matches($"From: \"{Person.Alice.Name}\" <sip:\\{Person.Alice.Number}@", outside.Messages);
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Person.Alice.Name, Written, "Outbound", "Completed", "Ended by the agent, cause 16");
    }

    [Fact]
    public async Task OtherSide_HangsUp_EndsTheCallHere()
    {
        await using var outside = House.Outside.IsCalledAndHangsUp(talkFor: 1500);
        await using var alice = await House.PhoneAsync(Person.Alice);

        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();

        await alice.EndedAsync("The call is over");
        await outside.SucceedsAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Person.Alice.Name, Written, "Outbound", "Completed", "Ended by the customer, cause 16");
    }

    [Theory]
    [InlineData(486, "The line is busy", "Busy", "by the customer, cause 17")]
    [InlineData(603, "The call was rejected", "Rejected", "by the customer, cause 21")]
    [InlineData(404, "There is no such number", "No such number", "by the system, cause 1")]
    [InlineData(503, "The call could not be connected", "Failed", "by the system")]
    public async Task OtherSide_Refuses_IsToldAsItIs(int status, string sentence, string result, string why)
    {
        await using var outside = House.Outside.IsCalledAndRefuses(status);
        await using var alice = await House.PhoneAsync(Person.Alice);

        await alice.DialAsync(Outside.Customer);

        await alice.EndedAsync(sentence);
        await outside.SucceedsAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Person.Alice.Name, Written, "Outbound", result, why);
    }

    [Fact]
    public async Task NobodyAnswers_EndsAfterTheTimeToRing()
    {
        await using var outside = House.Outside.IsCalledAndOnlyRings();
        await using var alice = await House.PhoneAsync(Person.Alice);

        await alice.DialAsync(Outside.Customer);
        await alice.StateAsync("Ringing");

        await alice.EndedAsync("Nobody answered");
        await outside.SucceedsAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Person.Alice.Name, Written, "Outbound", "No answer", "Ended by the system");
    }

    [Fact]
    public async Task Caller_GivesUpWhileItRings_CancelsOutside()
    {
        await using var outside = House.Outside.IsCalledAndOnlyRings();
        await using var alice = await House.PhoneAsync(Person.Alice);

        await alice.DialAsync(Outside.Customer);
        await alice.StateAsync("Ringing");
        await alice.HangUpAsync();

        await alice.EndedAsync("hung up before anybody answered|You cancelled the call");
        await outside.SucceedsAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Person.Alice.Name, Written, "Outbound", "Cancelled", "Ended by the agent");
    }

    [Fact]
    public async Task EarlyMedia_IsHeardBeforeTheAnswer()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndSpeaksEarly(sound, speakFor: 6500);
        await using var alice = await House.PhoneAsync(Person.Alice);

        await alice.DialAsync(Outside.Customer);
        await alice.StateAsync("Ringing");
        await outside.SeesAsync("183 Session Progress");
        sound.SendTo(outside.MediaPortOffered());
        await Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Instructions, other: Speech.Congratulations);
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Ringing");

        await alice.ConnectedAsync();
        await Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Instructions, other: Speech.Congratulations);
        await alice.HangUpAsync();
        await outside.SucceedsAsync();
    }

    [Fact]
    public async Task Supervisor_HangsUpAnAgentsCall_IsNamedForIt()
    {
        await using var outside = House.Outside.IsCalledAndAnswers();
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();

        await Supervisor.HangUpAsync(Person.Alice.Name, Written);

        await alice.EndedAsync("The call is over");
        await outside.SucceedsAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Person.Alice.Name, Written, "Outbound", "Completed", "Ended by a supervisor, cause 16");
    }

    [Fact]
    public async Task OtherSide_GoesDeadInMidCall_LeavesNothingToTheNextCall()
    {
        await using (var dead = House.Outside.IsCalledAndAnswers())
        await using (var bob = await House.PhoneAsync(Person.Bob))
        {
            await bob.DialAsync(Outside.Customer);
            await bob.ConnectedAsync();
        }

        await House.ClearAsync();

        await using var outside = House.Outside.IsCalledAndAnswers();
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        await alice.HangUpAsync();
        await outside.SucceedsAsync();
    }
}
