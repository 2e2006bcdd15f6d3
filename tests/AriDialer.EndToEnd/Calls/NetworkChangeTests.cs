using System.Diagnostics;
using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.House;
using AriDialer.Testing;
using static Microsoft.Playwright.Assertions;

namespace AriDialer.EndToEnd.Calls;

/// <summary>The browser comes into another network in mid-call, with the page alive.</summary>
public sealed class NetworkChangeTests(TestHouse house) : NetworkTest(house)
{
    [Fact]
    public async Task Network_ChangesInMidCall_SoundIsBackWithinFiveSeconds_InTheSameCallAsItWas()
    {
        using var line = new FaultLine("Network", "another one in mid-call, the page alive");
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await TalkAsync();
        await Alice.PressAsync("Mute");
        await Expect(Alice.MuteButton("Unmute")).ToBeVisibleAsync();

        var since = await ChangeAsync();
        await SoundIsBackAsync();
        var took = Stopwatch.GetElapsedTime(since);
        Assert.True(took < TimeSpan.FromSeconds(5), $"It took {took}.");

        (await sound.HearAsync(TimeSpan.FromSeconds(1))).ShouldBeSilence();
        await Alice.PressAsync("Unmute");
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
        await Alice.PressAsync("Hold");
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Held");
        await Task.Delay(ToTakeEffect);

        var music = sound.HearAsync(TimeSpan.FromSeconds(10));
        await ChangeAsync();
        (await music).ShouldBeMusic(Speech.Congratulations, Speech.Instructions);
        await Alice.StateAsync("Held");
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Held");

        await Alice.PressAsync("Resume");
        var since = Stopwatch.GetTimestamp();
        await Alice.ConnectedAsync();
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

        await Machine.LetNoPacketsOutAsync();
        var since = await ChangeAsync();
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Reconnecting");
        var noticed = Stopwatch.GetElapsedTime(since);
        Assert.True(noticed < TimeSpan.FromSeconds(10), $"It took {noticed}.");
        await Task.Delay(ToTakeEffect);
        (await sound.HearAsync(Listening)).ShouldBeMusic(Speech.Congratulations);

        await Task.Delay(TimeSpan.FromSeconds(12) - Stopwatch.GetElapsedTime(since));
        await Machine.LetPacketsOutAsync();
        since = Stopwatch.GetTimestamp();
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Connected");
        await SoundIsBackAsync();
        var took = Stopwatch.GetElapsedTime(since);
        await Task.Delay(ToTakeEffect);
        await HearEachOtherAsync(sound);
        await EndsAsync(outside);
        line.Survived("the other side heard music, the same call went on; sound back after", took);
    }
}
