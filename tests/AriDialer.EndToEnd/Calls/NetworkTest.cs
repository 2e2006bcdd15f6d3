using System.Diagnostics;
using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using Microsoft.Playwright;

namespace AriDialer.EndToEnd.Calls;

/// <summary>A browser on a machine of its own, whose network does what a test wants.</summary>
public abstract class NetworkTest(TestHouse house) : CallTest(house)
{
    private protected const string Written = "+44 20 7946 0123";
    private protected static readonly TimeSpan Listening = TimeSpan.FromSeconds(3);
    private protected static readonly TimeSpan ToTakeEffect = TimeSpan.FromMilliseconds(700);
    private IBrowser? _browser;

    private protected OtherMachine Machine { get; private set; } = null!;

    private protected BrowserPhone Alice { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Machine = await OtherMachine.ConnectAsync(House.App.Url);
        try
        {
            (_browser, Alice) = await House.PhoneAtAsync(Machine, Person.Alice);
        }
        catch
        {
            await Machine.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Alice is not null)
            await Alice.DisposeAsync();
        if (_browser is not null)
            await _browser.DisposeAsync();
        if (Machine is not null)
            await Machine.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>From one network to another, with a second between them; when the other one was there.</summary>
    private protected async Task<long> ChangeAsync()
    {
        await NoteAsync("down");
        await Machine.TakeDownAsync(0);
        await Task.Delay(1000);
        await Machine.BringUpAsync(1);
        var since = Stopwatch.GetTimestamp();
        await NoteAsync("up");
        return since;
    }

    /// <summary>Puts what the test does among what the browser tells of its network.</summary>
    private Task NoteAsync(string what) => Alice.Page.EvaluateAsync("what => console.debug(`network: ${(performance.now() / 1000).toFixed(2)} the test: ${what}`)", what);

    private protected async Task TalkAsync()
    {
        await Alice.DialAsync(Outside.Customer);
        await Alice.ConnectedAsync();
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Connected");
        await SoundIsBackAsync();
    }

    private protected async Task HearEachOtherAsync(RtpPeer sound)
    {
        await Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions);
        await Ear.HearsAsync(() => Alice.HearAsync(Listening), Speech.Instructions, other: Speech.Congratulations);
    }

    private protected async Task EndsAsync(SippRun outside)
    {
        await Alice.HangUpAsync();
        await outside.SucceedsAsync();
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Person.Alice.Name, Written, "Outbound", "Completed", "by the agent");
    }

    /// <summary>Waits until the browser's own count of packets from the other side rises.</summary>
    private protected async Task SoundIsBackAsync()
    {
        var before = await PacketsAsync();
        await Eventually.TrueAsync(async () => await PacketsAsync() > before + 10, () => $"No sound after {before} packets.");
    }

    private Task<int> PacketsAsync() => Alice.Page.EvaluateAsync<int>("() => packetsForTest()");
}
