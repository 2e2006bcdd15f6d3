using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>From the telephone network to the browser.</summary>
public sealed class IncomingTests(TestHouse house) : CallTest(house)
{
    private const string Written = "+44 20 7946 0123";
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Accepted_BothHearEachOther_AndTheAgentHangsUp()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await using var outside = House.Outside.CallsAndWaits(Person.Alice.Number!, sound);

        await Supervisor.SeesAsync(Person.Alice.Name, Outside.CustomerName, "Inbound", "Ringing");
        await alice.AcceptAsync(Outside.CustomerName);
        await alice.ConnectedAsync();
        await Supervisor.SeesAsync(Person.Alice.Name, Outside.CustomerName, "Inbound", "Connected");

        await Task.WhenAll(
            Ear.HearsAsync(() => alice.HearAsync(Listening), Speech.Instructions, other: Speech.Congratulations),
            Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions));

        await alice.HangUpAsync();
        await alice.EndedAsync("The call is over");
        await outside.SucceedsAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Written, Person.Alice.Name, "Inbound", "Completed", "Ended by the agent, cause 16");
    }

    [Fact]
    public async Task Caller_HangsUp_EndsTheCallHere()
    {
        await using var alice = await House.PhoneAsync(Person.Alice);
        await using var outside = House.Outside.CallsAndHangsUp(Person.Alice.Number!, talkFor: 1500);

        await alice.AcceptAsync(Outside.CustomerName);
        await alice.ConnectedAsync();

        await alice.EndedAsync("The call is over");
        await outside.SucceedsAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Outside.CustomerName, Person.Alice.Name, "Inbound", "Completed", "Ended by the customer, cause 16");
    }

    [Fact]
    public async Task Rejected_TheCallerGets403()
    {
        await using var alice = await House.PhoneAsync(Person.Alice);
        await using var outside = House.Outside.CallsAndIsRefused(Person.Alice.Number!, 403);

        await alice.RejectAsync();

        await alice.EndedAsync("rejected");
        await outside.SucceedsAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Outside.CustomerName, Person.Alice.Name, "Inbound", "Rejected", "Ended by the agent, cause 21");
    }

    [Fact]
    public async Task Caller_GivesUpWhileItRings_ClosesTheDialog()
    {
        await using var alice = await House.PhoneAsync(Person.Alice);
        await using var outside = House.Outside.CallsAndCancels(Person.Alice.Number!, ringFor: 1500);

        await Supervisor.SeesAsync(Person.Alice.Name, Outside.CustomerName, "Inbound", "Ringing");

        await alice.EndedAsync("caller hung up");
        await Expect(alice.IncomingCall).ToBeHiddenAsync();
        await outside.SucceedsAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Outside.CustomerName, Person.Alice.Name, "Inbound", "Cancelled", "Ended by the customer");
    }

    [Fact]
    public async Task NobodyAnswers_TheCallerGets480()
    {
        await using var alice = await House.PhoneAsync(Person.Alice);
        await using var outside = House.Outside.CallsAndIsRefused(Person.Alice.Number!, 480);

        await outside.SucceedsAsync();

        await alice.EndedAsync("Nobody answered|caller hung up");
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Outside.CustomerName, Person.Alice.Name, "Inbound", "No answer", "Ended by the system");
    }

    [Fact]
    public async Task AnotherCaller_RingsWhileTheAgentTalks_AndIsRejectedWithTheTalkUntouched()
    {
        await using var answering = House.Outside.IsCalledAndAnswers();
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        await Supervisor.TakeNoteAsync();

        await using var outside = House.Outside.CallsAndIsRefused(Person.Alice.Number!, 403);
        await Expect(alice.IncomingCall).ToContainTextAsync("Accepting puts", new() { Timeout = BrowserPhone.Patience });
        await alice.RejectAsync();
        await outside.SucceedsAsync();

        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Outside.CustomerName, Person.Alice.Name, "Inbound", "Rejected", "Ended by the agent, cause 21");
        await Expect(alice.IncomingCall).ToBeHiddenAsync();
        await alice.ConnectedAsync();
        await alice.HangUpAsync();
        await answering.SucceedsAsync();
    }

    [Theory]
    [InlineData("+12025550102", 480, "Unavailable", "cause 20")]
    [InlineData("+12025550188", 484, "No such number", "by the system")]
    public async Task NobodyThere_IsToldAsItIs(string number, int status, string result, string why)
    {
        await using var outside = House.Outside.CallsAndIsRefused(number, status);

        await outside.SucceedsAsync();

        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Outside.CustomerName, "", "Inbound", result, why);
    }

    [Fact]
    public async Task CallMe_IsACallFromThePretendNetwork_ThatSpeaks()
    {
        await using var alice = await House.PhoneAsync(Person.Alice);

        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Call me" }).ClickAsync();
        await alice.AcceptAsync(Written);
        await alice.ConnectedAsync();
        await Supervisor.SeesAsync(Written, Person.Alice.Name, "Inbound", "Connected");
        await Ear.HearsAsync(() => alice.HearAsync(TimeSpan.FromSeconds(8)), Speech.Menu, other: Speech.Instructions);

        await alice.HangUpAsync();
        await alice.EndedAsync("The call is over");
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Written, Person.Alice.Name, "Inbound", "Completed", "Ended by the agent, cause 16");
    }
}
