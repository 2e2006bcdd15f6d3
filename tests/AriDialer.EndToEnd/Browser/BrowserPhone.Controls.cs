using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Browser;

// The controls of a call, each found by its accessible name.
internal sealed partial class BrowserPhone
{
    public ILocator TransferTo => Page.GetByRole(AriaRole.Textbox, new() { Name = "Transfer to" });

    public ILocator Notices => Page.GetByRole(AriaRole.List, new() { Name = "Notices" });

    public ILocator OtherCalls => Page.GetByRole(AriaRole.Region, new() { Name = "Other calls" });

    public ILocator People => CurrentCall.GetByRole(AriaRole.List, new() { Name = "People in this call" });

    /// <summary>A button of the current call.</summary>
    public ILocator Control(string name) => CurrentCall.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public Task PressAsync(string name) => Control(name).ClickAsync();

    /// <summary>Opens the transfer's dialog, says to whom, and presses "Transfer now" or "Ask first".</summary>
    public async Task TransferAsync(string to, string how)
    {
        await PressAsync("Transfer");
        await TransferTo.FillAsync(to);
        await Page.GetByRole(AriaRole.Button, new() { Name = how, Exact = true }).ClickAsync();
    }

    public async Task AddAsync(string who)
    {
        await PressAsync("Add person");
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Person to add" }).FillAsync(who);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
    }

    /// <summary>Waits until the list of a conference has so many others.</summary>
    public Task TalksToAsync(int others) =>
        Expect(People.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(others, new() { Timeout = Patience });

    /// <summary>Mutes or removes somebody in a conference.</summary>
    public Task DoToAsync(string what, string name) =>
        People.GetByRole(AriaRole.Button, new() { Name = $"{what} {name}", Exact = true }).ClickAsync();

    /// <summary>Has calls that this person does not answer go on to a number, or not any more.</summary>
    public async Task ForwardUnansweredAsync(string? to)
    {
        var page = await Page.Context.NewPageAsync();
        await page.GotoAsync("/profile/calls");
        var group = page.GetByRole(AriaRole.Group, new() { Name = "When I do not answer" });
        await group.GetByRole(AriaRole.Combobox).First.SelectOptionAsync(to is null ? "Off" : "Number");
        if (to is not null)
            await group.GetByRole(AriaRole.Textbox).First.FillAsync(to);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await page.CloseAsync();
    }
}
