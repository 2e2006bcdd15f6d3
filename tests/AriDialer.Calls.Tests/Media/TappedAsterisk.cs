using AriDialer.Ari;
using AriDialer.Calls.Routing;
using AriDialer.Calls.Tests.Stasis;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Media;

/// <summary>A real Asterisk in which both sides of a call hum, each a tone of its own, so that it can be told who is heard.</summary>
internal sealed class TappedAsterisk : IAsyncDisposable
{
    internal const int CallerTone = 500;
    internal const int CalleeTone = 1100;

    private const string Dialplan = """
        [hums]
        exten => _X!,1,Answer()
         same => n,Playtones(${EXTEN})
         same => n,Wait(120)
         same => n,Hangup(16)
        """;

    private readonly RealAsterisk _asterisk;
    private readonly AriClient _ari;

    private TappedAsterisk(RealAsterisk asterisk)
    {
        _asterisk = asterisk;
        _ari = new AriClient(new AriOptions { Url = asterisk.AriUrl, Username = asterisk.Username, Password = asterisk.Password, App = "test" });
    }

    internal static async Task<TappedAsterisk> StartAsync() => new(await RealAsterisk.StartAsync(demo: false, dialplan: Dialplan));

    internal Task<CallEngine> StartEngineAsync() => CallEngine.StartAsync(_asterisk.AriUrl, _asterisk.Username, _asterisk.Password, ToTheOther);

    /// <summary>Has the one side call the other, and waits until they hear each other.</summary>
    internal async Task<CallSnapshot> ConnectAsync(CallEngine engine)
    {
        await _ari.Channels.OriginateAsync("Local/+12025550101@aridialer-trunk/n", extension: $"{CallerTone}", context: "hums", priority: 1, timeout: 30);
        return await engine.ToldAsync(call => call.State == CallState.Connected, "a call that is connected");
    }

    internal Task HangUpAsync(string channelId) => _ari.Channels.HangupAsync(channelId);

    /// <summary>Makes a media channel for whose sound nobody comes; Asterisk keeps it for 30 seconds.</summary>
    internal Task MakeUnclaimedMediaAsync(string id) => _ari.Channels.ExternalMediaAsync(
        "aridialer", "slin16", channelId: id, encapsulation: "none", transport: "websocket", connectionType: "server", direction: "in");

    internal async Task<IReadOnlyList<string>> IdsAsync() =>
        [.. (await _ari.Channels.ListAsync()).Select(channel => channel.Id), .. (await _ari.Bridges.ListAsync()).Select(bridge => bridge.Id)];

    /// <summary>Waits until Asterisk has no channel and no bridge of this kind.</summary>
    internal async Task IsWithoutAsync(Func<string, bool> which)
    {
        using var late = new CancellationTokenSource(TapScene.Limit);
        while ((await IdsAsync()).Where(which).ToArray() is { Length: > 0 } left)
        {
            Assert.False(late.IsCancellationRequested, $"Asterisk still has {string.Join(", ", left)}.\n{_asterisk.ReadLog()}");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _ari.Dispose();
        await _asterisk.DisposeAsync();
    }

    private static ValueTask<RouteDecision> ToTheOther(RouteRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<RouteDecision>(new RingTargets(
            CallDirection.Inbound,
            CallParty.Unknown,
            CallParty.Unknown,
            [new DialTarget($"Local/{CalleeTone}@hums/n", "", "", null)],
            TimeSpan.FromSeconds(20)));
}
