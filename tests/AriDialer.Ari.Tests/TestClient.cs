using AriDialer.Ari.Events;
using AriDialer.Testing;

namespace AriDialer.Ari.Tests;

internal static class TestClient
{
    public static AriOptions Options(FakeAsterisk asterisk) =>
        new() { Url = asterisk.Url, Username = FakeAsterisk.Username, Password = FakeAsterisk.Password, App = "aridialer" };

    public static AriClient Of(FakeAsterisk asterisk, Action<AriOptions>? change = null)
    {
        var options = Options(asterisk);
        change?.Invoke(options);
        return new AriClient(options);
    }
}

/// <summary>A socket's stream, one message at a time and never for longer than it may take.</summary>
internal sealed class MessageStream(AriEventSocket socket) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private IAsyncEnumerator<AriMessage>? _messages;

    public async Task<AriMessage> NextAsync()
    {
        _messages ??= socket.ReadAllAsync(_stop.Token).GetAsyncEnumerator();
        Assert.True(await _messages.MoveNextAsync().AsTask().WaitAsync(Limit));
        return _messages.Current;
    }

    /// <summary>The next event; a notice of the connection is a failure.</summary>
    public async Task<AriEvent> NextEventAsync() => Assert.IsType<AriMessage.Event>(await NextAsync()).Value;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_messages is not null)
            await _messages.DisposeAsync();
        _stop.Dispose();
    }
}
