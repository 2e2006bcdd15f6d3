using System.Runtime.CompilerServices;

namespace AriDialer.Web.Features.Presence;

/// <summary>What one page gets: everybody, then who has changed. What changes within a moment is told together, each person once.</summary>
internal sealed class PresenceWatcher : IDisposable
{
    /// <summary>The least time between two messages: a lamp need not be quicker than the eye.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly PresenceBoard _board;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _waits = new(1, 1);
    private Dictionary<string, Lamp?> _waiting;
    private MyPresence? _mine;
    private bool _isSnapshot = true;

    public PresenceWatcher(PresenceBoard board, string userId, TimeProvider time, IEnumerable<Lamp> people, MyPresence mine)
    {
        (_board, UserId, _time, _mine) = (board, userId, time, mine);
        _waiting = people.ToDictionary(lamp => lamp.UserId, lamp => (Lamp?)lamp);
    }

    /// <summary>Who looks.</summary>
    public string UserId { get; }

    public void Dispose() => _board.Remove(this);

    /// <summary>The messages, for ever; the first is a snapshot.</summary>
    public async IAsyncEnumerable<PeopleMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            await _waits.WaitAsync(cancellationToken);
            yield return Take();
            await Task.Delay(Pause, _time, cancellationToken);
        }
    }

    /// <summary>Offers a person as they now are; null for one who is gone.</summary>
    internal void Offer(string userId, Lamp? lamp)
    {
        lock (_gate)
        {
            _waiting[userId] = lamp;
            Wake();
        }
    }

    internal void Offer(MyPresence mine)
    {
        lock (_gate)
        {
            _mine = mine;
            Wake();
        }
    }

    private void Wake()
    {
        if (_waits.CurrentCount == 0)
            _waits.Release();
    }

    private PeopleMessage Take()
    {
        lock (_gate)
        {
            var gone = _isSnapshot ? [] : _waiting.Where(person => person.Value is null).Select(person => person.Key).ToArray();
            var message = new PeopleMessage(
                _isSnapshot ? PeopleMessageKind.Snapshot : PeopleMessageKind.Change, [.. _waiting.Values.OfType<Lamp>()], gone, _mine);
            (_waiting, _mine, _isSnapshot) = ([], null, false);
            return message;
        }
    }
}
