using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.House;
using AriDialer.EndToEnd.Sip;

namespace AriDialer.EndToEnd.Calls;

/// <summary>Recording.</summary>
public sealed class RecordingTests(TestHouse house) : CallTest(house)
{
    [Fact]
    public async Task Spike()
    {
        await using var sound = new RtpPeer(Speech.Instructions);
        await using var outside = House.Outside.IsCalledAndAnswers(sound);
        await using var alice = await House.PhoneAsync(Person.Alice);
        await alice.DialAsync(Outside.Customer);
        await alice.ConnectedAsync();
        await alice.PressAsync("Record");
        await Task.Delay(5000);
        await alice.PressAsync("Pause recording");
        await Task.Delay(2000);
        await alice.PressAsync("Resume recording");
        await Task.Delay(4000);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(" | ", await House.Ari.ChannelsAsync()));
        await alice.HangUpAsync();
        await outside.SucceedsAsync();
        var row = await Supervisor.OnlyNewCallAsync();
        foreach (var name in await House.Ari.RecordingsAsync())
        {
            var bytes = await House.Ari.RecordingAsync(name);
            TestContext.Current.TestOutputHelper?.WriteLine($"{name} {bytes.Length}");
            File.WriteAllBytes($"/tmp/rec-{name}.wav", bytes);
        }
        foreach (var line in await Supervisor.TimelineAsync(row.CallId))
            TestContext.Current.TestOutputHelper?.WriteLine(line);
    }
}
