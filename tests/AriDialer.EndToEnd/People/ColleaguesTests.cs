using System.Text.RegularExpressions;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.Calls;
using AriDialer.EndToEnd.House;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.People;

public sealed class ColleaguesTests(TestHouse house) : CallTest(house)
{
    private const float Patience = 15_000;

    [Fact]
    public async Task Lamps_TurnWithTheCall_ThatOneClickMade_AndOneClickMakesAgain()
    {
        await using var ada = await House.PhoneAsync(Person.Administrator);
        await using var bob = await House.PhoneAsync(Person.Bob);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.FollowAsync("Dialer");
        await ada.FollowAsync("Dialer");
        await SeesAsync(ada, Person.Bob, "Available");

        await Colleague(alice, Person.Bob).GetByRole(AriaRole.Button, new() { Name = $"Call {Person.Bob.Name}" }).ClickAsync();
        await bob.AcceptAsync(Person.Alice.Name);
        await alice.ConnectedAsync();
        await SeesAsync(ada, Person.Alice, "On a call since");
        await SeesAsync(ada, Person.Bob, "On a call since");
        await bob.HangUpAsync();
        await alice.EndedAsync("The call is over");
        await SeesAsync(ada, Person.Alice, "Available");
        await SeesAsync(ada, Person.Bob, "Available");

        var recent = alice.Page.GetByRole(AriaRole.List, new() { Name = "Recent calls" });
        await Expect(recent.GetByRole(AriaRole.Listitem).First).ToContainTextAsync(new Regex($"{Person.Bob.Name}.*Outgoing, 0:\\d\\d", RegexOptions.Singleline), new() { Timeout = Patience });
        await recent.GetByRole(AriaRole.Button, new() { Name = $"Call {Person.Bob.Name}" }).First.ClickAsync();
        await bob.RejectAsync();
        await alice.EndedAsync("The call was rejected");
    }

    [Fact]
    public async Task Presence_SetInOneTab_IsInTheOtherAndAtTheColleagues()
    {
        await using var bob = await House.PhoneAsync(Person.Bob);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await bob.FollowAsync("Dialer");
        await alice.FollowAsync("Dialer");
        var otherTab = await alice.Page.Context.NewPageAsync();
        await otherTab.GotoAsync("/history");

        await alice.Page.GetByRole(AriaRole.Combobox, new() { Name = "My presence" }).SelectOptionAsync("Do not disturb");
        await SeesAsync(bob, Person.Alice, "Do not disturb");
        await otherTab.GetByLabel($"Account: {Person.Alice.Name}").ClickAsync();
        var menu = otherTab.GetByRole(AriaRole.Combobox, new() { Name = "My presence" });
        await Expect(menu).ToHaveValueAsync("do-not-disturb", new() { Timeout = Patience });

        await menu.SelectOptionAsync("Available");
        await SeesAsync(bob, Person.Alice, "Available");
        await alice.Page.Context.CloseAsync();
        await SeesAsync(bob, Person.Alice, "Away");
    }

    [Fact]
    public async Task Contact_AddedFromAMissedCall_IsFoundByNameAndCalledByClick()
    {
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.FollowAsync("Dialer");
        await using (var caller = House.Outside.CallsAndCancels(Person.Alice.Number!))
        {
            await Expect(alice.IncomingCall).ToBeVisibleAsync(new() { Timeout = Patience });
            await caller.SucceedsAsync();
        }

        var missed = alice.Page.GetByRole(AriaRole.List, new() { Name = "Recent calls" }).GetByRole(AriaRole.Listitem).First;
        await Expect(missed).ToContainTextAsync("Missed", new() { Timeout = Patience });
        await missed.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Add .* to contacts$") }).ClickAsync();
        await alice.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Jane Doe");
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(alice.Page.GetByText("Jane Doe is in your contacts.")).ToBeVisibleAsync();

        await using (var outside = House.Outside.IsCalledAndAnswers())
        {
            await alice.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Call .*7946 0123") }).ClickAsync();
            await alice.ConnectedAsync();
            await Expect(alice.CurrentCall).ToContainTextAsync("Jane Doe");
            await alice.HangUpAsync();
            await outside.SucceedsAsync();
        }

        await using (var outside = House.Outside.IsCalledAndAnswers())
        {
            await alice.ChooseAsync("jane", "Jane Doe");
            await alice.ConnectedAsync();
            await alice.HangUpAsync();
            await outside.SucceedsAsync();
        }

        await alice.Page.GotoAsync("/contacts");
        await alice.Page.GetByRole(AriaRole.Link, new() { Name = "Delete Jane Doe" }).ClickAsync();
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(alice.Page.GetByText("Jane Doe is deleted.")).ToBeVisibleAsync();
    }

    private static ILocator Colleague(BrowserPhone phone, Person person) =>
        phone.Page.GetByRole(AriaRole.List, new() { Name = "Colleagues" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = person.Name });

    private static Task SeesAsync(BrowserPhone phone, Person person, string state) =>
        Expect(Colleague(phone, person)).ToContainTextAsync(state, new() { Timeout = Patience });
}
