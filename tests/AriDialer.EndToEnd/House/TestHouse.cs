using AriDialer.Calls.Provisioning;
using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.Sip;
using AriDialer.Testing;
using Microsoft.Playwright;

namespace AriDialer.EndToEnd.House;

/// <summary>A real Asterisk, the real web app, browsers to sit at, and the network outside.</summary>
public sealed class TestHouse : IAsyncLifetime
{
    internal const string Password = "Speak-Friend-7-enter";

    /// <summary>How long a phone rings here before nobody has answered.</summary>
    internal static readonly TimeSpan RingFor = TimeSpan.FromSeconds(8);

    /// <summary>How long somebody who vanished in mid-call is waited for here.</summary>
    internal static readonly TimeSpan KeepPlaceFor = TimeSpan.FromSeconds(12);

    private const string TrunkHost = "Trunk__Host";
    private readonly Chromium _chromium = new();
    private SupervisorDesk? _desk;

    public RealAsterisk Asterisk { get; private set; } = null!;

    internal WebApp App { get; private set; } = null!;

    internal Outside Outside { get; private set; } = null!;

    internal RawAri Ari { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Asterisk = await RealAsterisk.StartAsync(dialplan: TestDialplan.Text);
        Ari = new RawAri(Asterisk);
        Outside = new Outside(Asterisk);
        App = await WebApp.StartAsync(Asterisk, new Dictionary<string, string>
        {
            ["Demo__Enabled"] = "true",
            ["ARIDIALER_DEMO_PASSWORD"] = Password,
            [TrunkHost] = $"127.0.0.1:{Outside.Port}",
            ["Trunk__DialString"] = "PJSIP/{number}@aridialer-trunk",
            ["Dialing__RingFor"] = RingFor.ToString(),
            // One more than two: a conference is heard by all who are in it.
            ["Transcription__LiveVoices"] = "3",
            ["Calls__KeepPlaceFor"] = KeepPlaceFor.ToString(),
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_desk is not null)
            await _desk.DisposeAsync();
        await _chromium.DisposeAsync();
        if (App is not null)
            await App.DisposeAsync();
        Ari?.Dispose();
        if (Asterisk is not null)
            await Asterisk.DisposeAsync();
    }

    /// <summary>
    /// Runs an app whose data is on a small disk, new and empty, until the result is disposed of. The one of before is away meanwhile.
    /// </summary>
    /// <param name="bytes">What the disk holds.</param>
    /// <param name="settings">How the app there is set otherwise than the one of before.</param>
    internal async Task<IAsyncDisposable> MoveToSmallDiskAsync(int bytes, params (string Name, string Value)[] settings)
    {
        var before = App;
        await before.KillAsync();
        var there = new Dictionary<string, string>(before.Settings);
        foreach (var (name, value) in settings)
            there[name] = value;
        App = await WebApp.StartAsync(Asterisk, there, bytes);
        return new Moved(this, before);
    }

    private sealed class Moved(TestHouse house, WebApp before) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await house.App.DisposeAsync();
            house.App = before;
            await before.StartAsync();
        }
    }

    /// <summary>Starts the app again where a test has killed it.</summary>
    internal async Task OpenAsync()
    {
        if (!Asterisk.IsRunning)
            await Asterisk.RestartAsync();
        if (!App.IsRunning)
            await App.StartAsync();
    }

    /// <summary>
    /// Removes what a test that failed has left behind. Where its line went dead, the trunk leads elsewhere from now on: to where nothing
    /// of that call is heard any more.
    /// </summary>
    internal async Task ClearAsync()
    {
        await Ari.ClearAsync();

        // Whose desk phone a test was has no phone there any more.
        foreach (var address in DeskPhones.Select(phone => $"asterisk/config/dynamic/res_pjsip/aor/{phone}"))
        {
            if (await Ari.FindAsync(address) is not null)
                await Ari.SendAsync(HttpMethod.Delete, address);
        }

        DeskPhones.Clear();
        if (!Outside.WentDead)
            return;
        Outside.Move();
        var host = App.Settings[TrunkHost] = $"127.0.0.1:{Outside.Port}";
        await App.KillAsync();
        await App.StartAsync();
        await Eventually.TrueAsync(
            async () => await Ari.FindAsync($"asterisk/config/dynamic/res_pjsip/aor/{Provisioner.TrunkName}") is { } aor
                && aor.GetRawText().Contains(host, StringComparison.Ordinal),
            () => $"The trunk does not lead to {host}.");
    }

    /// <summary>The endpoints that tests have made to desk phones.</summary>
    internal List<string> DeskPhones { get; } = [];

    /// <summary>A page in a fresh browser context where nobody is signed in; <paramref name="host"/> is another name of this machine.</summary>
    internal async Task<BrowserPhone> VisitAsync(Speech? speech = null, BrowserNewContextOptions? options = null, string? host = null) =>
        await BrowserPhone.OpenAsync(
            await _chromium.SpeakingAsync(speech ?? Speech.Congratulations), new UriBuilder(App.Url) { Host = host ?? App.Url.Host }.Uri, options);

    /// <summary>A person at another machine, signed in, with a phone that is ready. The browser is the caller's to end.</summary>
    internal async Task<(IBrowser Browser, BrowserPhone Phone)> PhoneAtAsync(OtherMachine machine, Person person, Speech? speech = null)
    {
        var browser = await _chromium.ThereAsync(machine, speech ?? Speech.Congratulations);
        var phone = await BrowserPhone.OpenAsync(browser, machine.Url);
        await phone.SignInAsync(person);
        await phone.ReadyAsync();
        return (browser, phone);
    }

    /// <summary>A person at the page, signed in, with a phone that is ready.</summary>
    internal async Task<BrowserPhone> PhoneAsync(Person person, Speech? speech = null)
    {
        var phone = await VisitAsync(speech);
        await phone.SignInAsync(person);
        await phone.ReadyAsync();
        return phone;
    }

    /// <summary>Likewise; their microphone plays a <see cref="SpokenFile"/> once.</summary>
    internal async Task<BrowserPhone> SpeakerAsync(Person person, string file)
    {
        var phone = await BrowserPhone.OpenAsync(await _chromium.SpeakingOnceAsync(file), App.Url);
        await phone.SignInAsync(person);
        await phone.ReadyAsync();
        return phone;
    }

    /// <summary>The supervisor who has the live calls and the history open through all tests.</summary>
    internal async Task<SupervisorDesk> SupervisorAsync() => _desk ??= await SupervisorDesk.OpenAsync(this);
}
