using System.Diagnostics;
using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.Browser;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using AriDialer.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>The network between browser and server changes or is cut in mid-call, with the page alive.</summary>
public sealed class NetworkTests(TestHouse house) : CallTest(house)
{
    private const string Written = "+44 20 7946 0123";
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ToTakeEffect = TimeSpan.FromMilliseconds(700);
    private OtherMachine _machine = null!;
    private IBrowser? _browser;
    private BrowserPhone _alice = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _machine = await OtherMachine.ConnectAsync(House.App.Url);
        try
        {
            (_browser, _alice) = await House.PhoneAtAsync(_machine, Person.Alice);
        }
        catch
        {
            await _machine.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_alice is not null)
            await _alice.DisposeAsync();
        if (_browser is not null)
            await _browser.DisposeAsync();
        if (_machine is not null)
            await _machine.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Network_ChangesInMidCall_SoundIsBackWithinFiveSeconds_InTheSameCallAsItWas()
    {
        using var line = new FaultLine("Network", "another one in mid-call, the page alive");
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await TalkAsync();
        await _alice.PressAsync("Mute");
        await Expect(_alice.MuteButton("Unmute")).ToBeVisibleAsync();

        var since = await ChangeAsync();
        await SoundIsBackAsync();
        var took = Stopwatch.GetElapsedTime(since);
        Assert.True(took < TimeSpan.FromSeconds(5), $"It took {took}.");

        (await sound.HearAsync(TimeSpan.FromSeconds(1))).ShouldBeSilence();
        await _alice.PressAsync("Unmute");
        await Task.Delay(ToTakeEffect);
        await HearEachOtherAsync(sound);
        await EndsAsync(outside);
        line.Survived("the same call goes on, muted as it was; sound back after", took);
    }

    [Fact]
    [Trait(LongTests.Trait, LongTests.Long)]
    public async Task Network_ChangesWhileTheCallIsHeld_OtherSideHearsMusicAllAlong_UntilItIsResumed()
    {
        using var line = new FaultLine("Network", "another one while the call is held");
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await TalkAsync();
        await _alice.PressAsync("Hold");
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Held");
        await Task.Delay(ToTakeEffect);

        var music = sound.HearAsync(TimeSpan.FromSeconds(10));
        await ChangeAsync();
        (await music).ShouldBeMusic(Speech.Congratulations, Speech.Instructions);
        await _alice.StateAsync("Held");
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Held");

        await _alice.PressAsync("Resume");
        var since = Stopwatch.GetTimestamp();
        await _alice.ConnectedAsync();
        await SoundIsBackAsync();
        var took = Stopwatch.GetElapsedTime(since);
        await Task.Delay(ToTakeEffect);
        await HearEachOtherAsync(sound);
        await EndsAsync(outside);
        line.Survived("held as it was; sound back after resuming in", took);
    }

    [Fact]
    [Trait(LongTests.Trait, LongTests.Long)]
    public async Task Network_ChangesToOneThatLetsNoSoundThrough_OtherSideHearsMusic_AndTheCallGoesOnOnceItDoes()
    {
        using var line = new FaultLine("Network", "another one in mid-call that lets no sound through for 12 s");
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await TalkAsync();

        await _machine.LetNoPacketsOutAsync();
        var since = await ChangeAsync();
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Reconnecting");
        var noticed = Stopwatch.GetElapsedTime(since);
        Assert.True(noticed < TimeSpan.FromSeconds(10), $"It took {noticed}.");
        await Task.Delay(ToTakeEffect);
        (await sound.HearAsync(Listening)).ShouldBeMusic(Speech.Congratulations);

        await Task.Delay(TimeSpan.FromSeconds(12) - Stopwatch.GetElapsedTime(since));
        await _machine.LetPacketsOutAsync();
        since = Stopwatch.GetTimestamp();
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Connected");
        await SoundIsBackAsync();
        var took = Stopwatch.GetElapsedTime(since);
        await Task.Delay(ToTakeEffect);
        await HearEachOtherAsync(sound);
        await EndsAsync(outside);
        line.Survived("the other side heard music, the same call went on; sound back after", took);
    }

    [Fact]
    public async Task Network_CutWithoutAWord_IsNoticed_AndTheCallGoesOnWhenItIsBack()
    {
        using var line = new FaultLine("Network", "cut for 15 s in mid-call, without a word");
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await TalkAsync();

        await _machine.CutAsync(0);
        var cut = Stopwatch.GetTimestamp();
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Reconnecting");
        var noticed = Stopwatch.GetElapsedTime(cut);
        Assert.True(noticed < TimeSpan.FromSeconds(10), $"It took {noticed}.");
        await Task.Delay(ToTakeEffect);
        (await sound.HearAsync(Listening)).ShouldBeMusic(Speech.Congratulations);

        await Task.Delay(TimeSpan.FromSeconds(15) - Stopwatch.GetElapsedTime(cut));
        await _machine.MendAsync(0);
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Connected");
        await Task.Delay(ToTakeEffect);
        await HearEachOtherAsync(sound);
        await _alice.ReadyAsync();
        await EndsAsync(outside);
        line.Survived("the other side heard music, the same call went on; noticed after", noticed);
    }

    [Fact]
    [Trait(LongTests.Trait, LongTests.Long)]
    public async Task Network_CutForLongerThanTheCallIsKept_EndsIt_AndThePageSaysSoByItself()
    {
        using var line = new FaultLine("Network", "cut for longer than a call is kept");
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await TalkAsync();

        await _machine.CutAsync(0);
        await outside.SucceedsAsync();
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Person.Alice.Name, Written, "Outbound", "Connection lost", "by the system, cause 27");

        await _machine.MendAsync(0);
        var since = Stopwatch.GetTimestamp();
        await _alice.EndedAsync("lost for too long|did not come back in time");
        await _alice.ReadyAsync();
        line.Survived("the call ended as connection lost; the page right after", Stopwatch.GetElapsedTime(since));
    }

    [Fact]
    public async Task Page_ThatSleptWhileItsConnectionsDied_IsReadyByItselfWhenItWakes()
    {
        using var line = new FaultLine("Browser", "asleep while its connections die");
        var session = await _alice.SessionAsync();
        var tab = await _alice.Page.Context.NewCDPSessionAsync(_alice.Page);
        await tab.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "frozen" });
        await _machine.CutAsync(0);
        await Eventually.TrueAsync(
            () => Task.FromResult(House.App.Log.Contains($"phone {session.Endpoint} was lost", StringComparison.Ordinal)), () => "Nobody noticed that the browser is gone.");

        await _machine.MendAsync(0);
        await tab.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "active" });
        var since = Stopwatch.GetTimestamp();
        await _alice.ReadyAsync();
        await using var caller = House.Outside.CallsAndWaits(Person.Alice.Number!);
        await _alice.AcceptAsync(Outside.CustomerName);
        await _alice.ConnectedAsync();
        line.Survived("awake, called, and answered after", Stopwatch.GetElapsedTime(since));
        await _alice.HangUpAsync();
        await caller.SucceedsAsync();
    }

    /// <summary>From one network to another, with a second between them; when the other one was there.</summary>
    private async Task<long> ChangeAsync()
    {
        await NoteAsync("down");
        await _machine.TakeDownAsync(0);
        await Task.Delay(1000);
        await _machine.BringUpAsync(1);
        var since = Stopwatch.GetTimestamp();
        await NoteAsync("up");
        return since;
    }

    /// <summary>Puts what the test does among what the browser tells of its network.</summary>
    private Task NoteAsync(string what) => _alice.Page.EvaluateAsync("what => console.debug(`network: ${(performance.now() / 1000).toFixed(2)} the test: ${what}`)", what);

    private async Task TalkAsync()
    {
        await _alice.DialAsync(Outside.Customer);
        await _alice.ConnectedAsync();
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Connected");
        await SoundIsBackAsync();
    }

    private async Task HearEachOtherAsync(RtpPeer sound)
    {
        await Ear.HearsAsync(() => sound.HearAsync(Listening), Speech.Congratulations, other: Speech.Instructions);
        await Ear.HearsAsync(() => _alice.HearAsync(Listening), Speech.Instructions, other: Speech.Congratulations);
    }

    private async Task EndsAsync(SippRun outside)
    {
        await _alice.HangUpAsync();
        await outside.SucceedsAsync();
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Person.Alice.Name, Written, "Outbound", "Completed", "by the agent");
    }

    /// <summary>Waits until the browser's own count of packets from the other side rises.</summary>
    private async Task SoundIsBackAsync()
    {
        var before = await PacketsAsync();
        await Eventually.TrueAsync(async () => await PacketsAsync() > before + 10, () => $"No sound after {before} packets.");
    }

    private Task<int> PacketsAsync() => _alice.Page.EvaluateAsync<int>("() => packetsForTest()");
}
