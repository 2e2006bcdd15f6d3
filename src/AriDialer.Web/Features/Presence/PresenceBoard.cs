using System.Threading.Channels;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Security;
using AriDialer.Web.Features.Shared;
using Microsoft.Data.Sqlite;

namespace AriDialer.Web.Features.Presence;

/// <summary>
/// The busy lamps of this moment and every page that watches them. Only whose own state changes is told: a call's hundred events
/// cost its two people a message each.
/// </summary>
internal sealed partial class PresenceBoard : BackgroundService
{
    /// <summary>How long a person without any page is still here: a page that is reloaded is gone for a moment.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Lamps _lamps = new();
    private readonly Dictionary<string, HashSet<string>> _favourites = [];
    private readonly List<PresenceWatcher> _watchers = [];
    private readonly Channel<string> _changedPeople = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CallFeed.Subscription _subscription;
    private readonly UserChanges _changes;
    private readonly OpenConnections _connections;
    private readonly KnownPeople _people;
    private readonly TimeProvider _time;
    private readonly ILogger<PresenceBoard> _log;
    private CancellationToken _stopping;

    public PresenceBoard(
        CallFeed feed, UserChanges changes, OpenConnections connections, KnownPeople people, TimeProvider time, ILogger<PresenceBoard> log)
    {
        (_changes, _connections, _people, _time, _log) = (changes, connections, people, time, log);
        _subscription = feed.Subscribe();
        changes.Changed += OnPeopleChanged;
        connections.Changed += OnConnectionsChanged;
    }

    /// <summary>Watches from now on, beginning with everybody. Disposing the result ends it.</summary>
    public PresenceWatcher Watch(string userId)
    {
        lock (_gate)
        {
            var watcher = new PresenceWatcher(this, userId, _time, _lamps.All, MineOf(userId));
            _watchers.Add(watcher);
            return watcher;
        }
    }

    /// <summary>Shows a person's changed favourites in every page of theirs.</summary>
    public void SetFavourite(string userId, string personId, bool isFavourite)
    {
        lock (_gate)
        {
            if (!_favourites.TryGetValue(userId, out var favourites))
                _favourites[userId] = favourites = [];
            if (isFavourite ? favourites.Add(personId) : favourites.Remove(personId))
                OfferMine(userId);
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var people = await _people.ReadAllAsync(cancellationToken);
        var favourites = await _people.ReadFavouritesAsync(cancellationToken);
        lock (_gate)
        {
            foreach (var person in people)
            {
                _lamps.Put(person);
            }

            foreach (var own in favourites)
            {
                _favourites[own.Key] = [.. own];
            }
        }

        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _changes.Changed -= OnPeopleChanged;
        _connections.Changed -= OnConnectionsChanged;
        _subscription.Dispose();
        base.Dispose();
    }

    internal void Remove(PresenceWatcher watcher)
    {
        lock (_gate)
        {
            _watchers.Remove(watcher);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _stopping = stoppingToken;
        return SideBySide.RunAsync([FollowCallsAsync, FollowPeopleAsync], stoppingToken);
    }

    private async Task FollowCallsAsync(CancellationToken cancellationToken)
    {
        await foreach (var change in _subscription.Changes.ReadAllAsync(cancellationToken))
        {
            lock (_gate)
            {
                foreach (var userId in _lamps.Apply(change.Call, _time.GetUtcNow()))
                {
                    Offer(userId);
                }
            }
        }
    }

    private async Task FollowPeopleAsync(CancellationToken cancellationToken)
    {
        await foreach (var userId in _changedPeople.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                await ReadAsync(userId, cancellationToken);
            }
            catch (SqliteException e)
            {
                LogNotRead(e);
                _changedPeople.Writer.TryWrite(userId);
                await Task.Delay(RetryPause, _time, cancellationToken);
            }
        }
    }

    private async Task ReadAsync(string userId, CancellationToken cancellationToken)
    {
        var person = await _people.ReadAsync(userId, cancellationToken);
        lock (_gate)
        {
            // Identity writes a person's row for many reasons that nobody sees.
            var before = _lamps.Person(userId);
            if (before == person)
                return;

            if (person is null)
                _lamps.Remove(userId);
            else
                _lamps.Put(person);

            Offer(userId);
            if (before?.Chosen != person?.Chosen)
                OfferMine(userId);
        }
    }

    private void OnPeopleChanged(IReadOnlyCollection<string> userIds)
    {
        foreach (var userId in userIds)
        {
            _changedPeople.Writer.TryWrite(userId);
        }
    }

    private void OnConnectionsChanged(string userId)
    {
        if (_connections.IsHere(userId))
            ShowHere(userId);
        else
            _ = ShowHereLaterAsync(userId);
    }

    private async Task ShowHereLaterAsync(string userId)
    {
        await Task.Delay(Grace, _time, _stopping);
        ShowHere(userId);
    }

    private void ShowHere(string userId)
    {
        lock (_gate)
        {
            var before = _lamps.Of(userId);
            // Asked within the gate: whoever comes last here knows the newest.
            _lamps.Here(userId, _connections.IsHere(userId));
            if (before != _lamps.Of(userId))
                Offer(userId);
        }
    }

    private void Offer(string userId)
    {
        var lamp = _lamps.Of(userId);
        _watchers.ForEach(watcher => watcher.Offer(userId, lamp));
    }

    private void OfferMine(string userId)
    {
        var mine = MineOf(userId);
        _watchers.Where(watcher => watcher.UserId == userId).ToList().ForEach(watcher => watcher.Offer(mine));
    }

    private MyPresence MineOf(string userId) =>
        new(_lamps.Person(userId)?.Chosen ?? ChosenPresence.Available, [.. _favourites.GetValueOrDefault(userId) ?? []]);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A changed person could not be read; trying again")]
    private partial void LogNotRead(Exception e);
}
