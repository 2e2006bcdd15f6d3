using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>Bob does not want to be disturbed: who calls him leaves a message, or reaches whom he named.</summary>
public sealed class VoicemailTests(TestHouse house) : CallTest(house)
{
    [Fact]
    public async Task DoNotDisturb_CallerLeavesAMessage_ThatIsListedHeardAndDeleted()
    {
        await using var bob = await House.PhoneAsync(Person.Bob);
        await TakeMessagesAsync(bob, take: true);
        try
        {
            await using var sound = new RtpPeer(Speech.Instructions);
            await using var customer = House.Outside.CallsAndHangsUp(Person.Bob.Number!, talkFor: 28_000, sound: sound);
            await Supervisor.SeesAsync(Person.Bob.Name, Outside.CustomerName, "Voicemail");
            await customer.SucceedsAsync();
            await Expect(bob.IncomingCall).ToBeHiddenAsync();

            await Expect(bob.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { NameRegex = new("^Voicemail.*1") }))
                .ToBeVisibleAsync(new() { Timeout = BrowserPhone.Patience });
            await bob.Page.GotoAsync("/voicemail");
            await Expect(bob.Page.GetByText(Outside.CustomerName).First).ToBeVisibleAsync();
            (await MessageAsync(bob.Page)).ShouldBe(Speech.Instructions, other: Speech.Congratulations);
            (await Supervisor.OnlyNewCallAsync()).ShouldBe(Outside.CustomerName, Person.Bob.Name, "Inbound", "Voicemail", "left a message");
        }
        finally
        {
            await TakeMessagesAsync(bob, take: false);
        }
    }

    /// <summary>Is not disturbed, and takes messages instead; or neither.</summary>
    internal static async Task TakeMessagesAsync(BrowserPhone phone, bool take)
    {
        var page = await phone.Page.Context.NewPageAsync();
        await page.GotoAsync("/profile/calls");
        await page.GetByLabel("Do not disturb", new() { Exact = true }).First.SetCheckedAsync(take);
        await page.GetByLabel("Voicemail", new() { Exact = true }).SetCheckedAsync(take);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await page.CloseAsync();
    }

    /// <summary>The message's sound as the page gets it, decoded from its 16-bit WAV.</summary>
    internal static async Task<Heard> MessageAsync(IPage page)
    {
        var bytes = Convert.FromBase64String(await page.EvaluateAsync<string>("""
            async () => {
              const source = document.querySelector('audio, audio source').src;
              const bytes = new Uint8Array(await (await fetch(source)).arrayBuffer());
              return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
            }
            """));
        var samples = new short[(bytes.Length - 44) / 2];
        Buffer.BlockCopy(bytes, 44, samples, 0, samples.Length * 2);
        // The caller also spoke into the greeting's end: four seconds from the middle are enough.
        return new Heard([.. samples.Skip(samples.Length / 3).Take(4 * Speech.Rate)]);
    }
}
