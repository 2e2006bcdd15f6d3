using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.House;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Pages;

/// <summary>Passkeys with an authenticator that the browser pretends to have.</summary>
public sealed class PasskeyTests(TestHouse house)
{
    [Fact]
    public async Task Passkey_AddedInTheProfile_SignsInWithoutAPassword_UntilItIsRemoved()
    {
        await using var bob = await house.VisitAsync(host: "localhost");
        await PretendAuthenticatorAsync(bob.Page);
        await bob.SignInAsync(Person.Bob);
        await bob.ReadyAsync();
        await bob.Page.GotoAsync("/profile/passkeys");
        await bob.Page.GetByLabel("Name of the new passkey").FillAsync("Pretended laptop");
        await bob.Page.GetByLabel("Your password").FillAsync(TestHouse.Password);
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Expect(bob.Page.GetByText("The passkey is added")).ToBeVisibleAsync();
        await Expect(bob.Page.GetByRole(AriaRole.Table, new() { Name = "Passkeys" })).ToContainTextAsync("Pretended laptop");

        await SignOutAsync(bob);
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await bob.ReadyAsync();
        await Expect(bob.Page.GetByLabel($"Account: {Person.Bob.Name}")).ToBeVisibleAsync();

        await bob.Page.GotoAsync("/profile/passkeys");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Remove Pretended laptop" }).ClickAsync();
        await Expect(bob.Page.GetByText("No passkeys yet")).ToBeVisibleAsync();
        await SignOutAsync(bob);
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(bob.Page.GetByRole(AriaRole.Alert).Filter(new() { Visible = true })).ToBeVisibleAsync();
        await Expect(bob.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();
    }

    private static async Task PretendAuthenticatorAsync(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new
            {
                protocol = "ctap2",
                transport = "internal",
                hasResidentKey = true,
                hasUserVerification = true,
                isUserVerified = true,
                automaticPresenceSimulation = true,
            },
        });
    }

    private static async Task SignOutAsync(BrowserPhone phone)
    {
        await phone.Page.GetByLabel("Account:").ClickAsync();
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();
    }
}
