using System.Text.RegularExpressions;
using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.House;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Browser;

/// <summary>Somebody at the page, with recorded speech at the microphone. Everything is found by its accessible name.</summary>
internal sealed partial class BrowserPhone : IAsyncDisposable
{
    internal const float Patience = 15_000;
    private readonly List<string> _console = [];

    private BrowserPhone(IPage page)
    {
        Page = page;
        page.Console += (_, message) => _console.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => _console.Add($"uncaught: {error}");
    }

    public IPage Page { get; }

    /// <summary>What the page wrote into the browser's console.</summary>
    public IReadOnlyList<string> Console => _console;

    public ILocator Status => Page.GetByRole(AriaRole.Status, new() { Name = "Phone", Exact = true });

    /// <summary>Says that what the page shows may be out of date; empty while all is well.</summary>
    public ILocator Outage => Page.GetByRole(AriaRole.Status, new() { Name = "Connection", Exact = true });

    public ILocator Number => Page.GetByRole(AriaRole.Textbox, new() { Name = "Number or name" })
        .Or(Page.GetByRole(AriaRole.Combobox, new() { Name = "Number or name" }));

    public ILocator CallButton => Page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true });

    public ILocator CurrentCall => Page.GetByRole(AriaRole.Region, new() { Name = "Current call" });

    public ILocator HangUpButton => CurrentCall.GetByRole(AriaRole.Button, new() { Name = "Hang up" });

    public ILocator IncomingCall => Page.GetByRole(AriaRole.Dialog, new() { Name = "Incoming call" });

    public ILocator LiveCalls => Page.GetByRole(AriaRole.Table, new() { Name = "Live calls" });

    /// <summary>Opens a page in a fresh context; nobody is signed in.</summary>
    public static async Task<BrowserPhone> OpenAsync(IBrowser browser, Uri url, BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.BaseURL = url.ToString();
        // Nobody looks: what moves would only be drawn.
        options.ReducedMotion = ReducedMotion.Reduce;
        options.Permissions = ["microphone", "notifications"];
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        await context.AddInitScriptAsync(scriptPath: Path.Combine(AppContext.BaseDirectory, "Browser", "listen.js"));
        return new BrowserPhone(await context.NewPageAsync());
    }

    /// <summary>Another tab of the same browser. It goes with the first one's context.</summary>
    public async Task<BrowserPhone> NewTabAsync(string path)
    {
        var tab = new BrowserPhone(await Page.Context.NewPageAsync());
        await tab.Page.GotoAsync(path);
        return tab;
    }

    public async Task SignInAsync(Person person)
    {
        await Page.GotoAsync("/");
        await Page.GetByLabel("Email").FillAsync(person.Email);
        await Page.GetByLabel("Password").FillAsync(TestHouse.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    /// <summary>Waits until the phone can call and be called.</summary>
    public Task ReadyAsync() => Expect(Status).ToHaveTextAsync("Ready", new() { Timeout = 2 * Patience });

    public async Task DialAsync(string text)
    {
        await Number.FillAsync(text);
        await CallButton.ClickAsync();
    }

    public Task ConnectedAsync() => StateAsync("Connected");

    /// <summary>Waits until the region "Current call" says this.</summary>
    public Task StateAsync(string state) => Expect(CurrentCall).ToContainTextAsync(state, new() { Timeout = Patience });

    public async Task AcceptAsync(string from)
    {
        await Expect(IncomingCall).ToContainTextAsync(from, new() { Timeout = Patience });
        await IncomingCall.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
    }

    public async Task RejectAsync()
    {
        await Expect(IncomingCall).ToBeVisibleAsync(new() { Timeout = Patience });
        await IncomingCall.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
    }

    public Task HangUpAsync() => HangUpButton.ClickAsync();

    /// <summary>The button that says "Mute", or "Unmute" when it is muted.</summary>
    public ILocator MuteButton(string name) => CurrentCall.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Writes part of a colleague's name and takes them from the list.</summary>
    public async Task ChooseAsync(string text, string name)
    {
        await Number.FillAsync(text);
        await Page.GetByRole(AriaRole.Option, new() { Name = name }).ClickAsync();
        await CallButton.ClickAsync();
    }

    /// <summary>Waits until no call is left here, and the dock says why.</summary>
    public async Task EndedAsync(string sentence)
    {
        await Expect(CurrentCall).ToBeHiddenAsync(new() { Timeout = Patience });
        await Expect(Page.GetByText(new Regex(sentence)).Filter(new() { Visible = true }).First).ToBeVisibleAsync(new() { Timeout = Patience });
    }

    /// <summary>Goes to a page as people do: by a link of the navigation.</summary>
    public async Task FollowAsync(string link)
    {
        await Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex($"/{link.ToLowerInvariant()}$"));
    }

    /// <summary>The SIP credentials of this sign-in, asked for as the page's own script does.</summary>
    public async Task<PhoneSession> SessionAsync()
    {
        var words = await Page.EvaluateAsync<string[]>("""
            async () => {
              const token = document.querySelector('meta[name="request-token"]').content;
              const response = await fetch('/phone/session', { method: 'POST', headers: { RequestVerificationToken: token } });
              const session = await response.json();
              return [session.endpoint, session.password];
            }
            """);
        return new PhoneSession(words[0], words[1]);
    }

    /// <summary>What comes out of the page's loudspeaker from now on.</summary>
    public async Task<Heard> HearAsync(TimeSpan howLong)
    {
        var bytes = Convert.FromBase64String(await Page.EvaluateAsync<string>("ms => listenForTest(ms)", (int)howLong.TotalMilliseconds));
        var samples = new short[bytes.Length / 2];
        Buffer.BlockCopy(bytes, 0, samples, 0, samples.Length * 2);
        return new Heard(samples);
    }

    public async ValueTask DisposeAsync()
    {
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', _console));
        await Page.Context.DisposeAsync();
    }
}

/// <summary>With what a page's phone registers.</summary>
internal sealed record PhoneSession(string Endpoint, string Password);
