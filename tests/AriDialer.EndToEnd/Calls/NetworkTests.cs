using System.Diagnostics;
using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;
using AriDialer.Testing;

namespace AriDialer.EndToEnd.Calls;

/// <summary>The network between browser and server is cut in mid-call, with the page alive.</summary>
public sealed class NetworkTests(TestHouse house) : NetworkTest(house)
{
    [Fact]
    public async Task Network_CutWithoutAWord_IsNoticed_AndTheCallGoesOnWhenItIsBack()
    {
        using var line = new FaultLine("Network", "cut for 15 s in mid-call, without a word");
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await TalkAsync();

        await Machine.CutAsync(0);
        var cut = Stopwatch.GetTimestamp();
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Reconnecting");
        var noticed = Stopwatch.GetElapsedTime(cut);
        Assert.True(noticed < TimeSpan.FromSeconds(10), $"It took {noticed}.");
        await Task.Delay(ToTakeEffect);
        (await sound.HearAsync(Listening)).ShouldBeMusic(Speech.Congratulations);

        await Task.Delay(TimeSpan.FromSeconds(15) - Stopwatch.GetElapsedTime(cut));
        await Machine.MendAsync(0);
        await Supervisor.SeesAsync(Person.Alice.Name, Written, "Connected");
        await Task.Delay(ToTakeEffect);
        await HearEachOtherAsync(sound);
        await Alice.ReadyAsync();
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

        await Machine.CutAsync(0);
        await outside.SucceedsAsync();
        (await Supervisor.OnlyNewCallAsync()).ShouldBe(Person.Alice.Name, Written, "Outbound", "Connection lost", "by the system, cause 27");

        await Machine.MendAsync(0);
        var since = Stopwatch.GetTimestamp();
        await Alice.EndedAsync("lost for too long|did not come back in time");
        await Alice.ReadyAsync();
        line.Survived("the call ended as connection lost; the page right after", Stopwatch.GetElapsedTime(since));
    }

    [Fact]
    public async Task Page_ThatSleptWhileItsConnectionsDied_IsReadyByItselfWhenItWakes()
    {
        using var line = new FaultLine("Browser", "asleep while its connections die");
        var session = await Alice.SessionAsync();
        var tab = await Alice.Page.Context.NewCDPSessionAsync(Alice.Page);
        await tab.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "frozen" });
        await Machine.CutAsync(0);
        await Eventually.TrueAsync(
            () => Task.FromResult(House.App.Log.Contains($"phone {session.Endpoint} was lost", StringComparison.Ordinal)), () => "Nobody noticed that the browser is gone.");

        await Machine.MendAsync(0);
        await tab.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "active" });
        var since = Stopwatch.GetTimestamp();
        await Alice.ReadyAsync();
        await using var caller = House.Outside.CallsAndWaits(Person.Alice.Number!);
        await Alice.AcceptAsync(Outside.CustomerName);
        await Alice.ConnectedAsync();
        line.Survived("awake, called, and answered after", Stopwatch.GetElapsedTime(since));
        await Alice.HangUpAsync();
        await caller.SucceedsAsync();
    }
}
