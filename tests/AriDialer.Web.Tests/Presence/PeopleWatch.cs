using AriDialer.Web.Features.Presence;
using Microsoft.AspNetCore.SignalR.Client;

namespace AriDialer.Web.Tests.Presence;

/// <summary>What a page knows of the colleagues.</summary>
internal sealed class PeopleWatch(HubConnection hub) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new(TimeSpan.FromSeconds(30));
    private IAsyncEnumerator<PeopleMessage>? _messages;

    public Dictionary<string, Lamp> Lamps { get; private set; } = [];

    public MyPresence? Mine { get; private set; }

    public List<PeopleMessage> Changes { get; } = [];

    public PresenceState? State(string userId) => Lamps.GetValueOrDefault(userId)?.State;

    public async Task UntilAsync(Func<PeopleWatch, bool> isSo)
    {
        _messages ??= hub.StreamAsync<PeopleMessage>("Watch", _end.Token).GetAsyncEnumerator();
        while (!isSo(this))
        {
            Assert.True(await _messages.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
            Take(_messages.Current);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _end.Dispose();
    }

    private void Take(PeopleMessage message)
    {
        Assert.Equal(Lamps.Count == 0, message.Kind == PeopleMessageKind.Snapshot);
        if (message.Kind == PeopleMessageKind.Snapshot)
            Lamps = [];
        else
            Changes.Add(message);

        foreach (var lamp in message.People)
        {
            Lamps[lamp.UserId] = lamp;
        }

        foreach (var gone in message.Gone)
        {
            Lamps.Remove(gone);
        }

        Mine = message.Mine ?? Mine;
    }
}
