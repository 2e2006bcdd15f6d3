using System.Text.RegularExpressions;
using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>From the telephone network to the number of a team: the demonstration's, with both of its agents.</summary>
public sealed class TeamTests(TestHouse house) : CallTest(house)
{
    private const string Number = "+12025550110";
    private const string Name = "Sales";
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Called_RingsAll_TheFirstHasTheCall_AndTheOtherReadsWhoThatWas()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await using var bob = await House.PhoneAsync(Person.Bob);
        await using var outside = House.Outside.CallsAndWaits(Number, sound);

        await Supervisor.SeesAsync(Name, Outside.CustomerName, "Inbound", "Ringing", $"Rings {Person.Alice.Name}, {Person.Bob.Name}");
        await Expect(alice.IncomingCall).ToContainTextAsync($"For the team {Name}.", new() { Timeout = BrowserPhone.Patience });
        await bob.AcceptAsync(Outside.CustomerName);
        await bob.ConnectedAsync();
        await alice.EndedAsync("answered on another phone");
        await Expect(alice.IncomingCall).ToBeHiddenAsync();
        await Supervisor.SeesAsync(Person.Bob.Name, Outside.CustomerName, "Inbound", "Connected", $"Team {Name}");

        await Task.WhenAll(
            Ear.HearsAsync(() => bob.HearAsync(Listening), Speech.Instructions, other: Speech.Congratulations),
            Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions));

        await bob.HangUpAsync();
        await outside.SucceedsAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        row.ShouldBe(Outside.CustomerName, Name, "Inbound", "Completed", "Ended by the agent, cause 16");
        Assert.Contains($"answered by {Person.Bob.Name}", row.To, StringComparison.Ordinal);
        Assert.Contains(await Supervisor.TimelineAsync(row.CallId), line => line.Contains($"{Person.Bob.Name} answered.", StringComparison.Ordinal));
        await alice.FollowAsync("History");
        await Expect(alice.Page.GetByRole(AriaRole.Table, new() { Name = "Calls", Exact = true }).Locator("tbody").GetByRole(AriaRole.Row).First)
            .ToContainTextAsync(new Regex($"answered by {Person.Bob.Name}.*Answered elsewhere", RegexOptions.Singleline));
    }
}
