namespace AriDialer.Testing;

/// <summary>A bridge of the fake.</summary>
public sealed class FakeBridge
{
    private readonly List<FakeChannel> _channels = [];

    internal FakeBridge(string id, string name, string type, DateTimeOffset createdAt) => (Id, Name, Type, CreatedAt) = (id, name, type, createdAt);

    public string Id { get; }

    public string Name { get; }

    public string Type { get; }

    public DateTimeOffset CreatedAt { get; }

    public IReadOnlyList<FakeChannel> Channels => _channels;

    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>();

    /// <summary>Whether music on hold is played to it.</summary>
    public bool HasMusic { get; internal set; }

    internal HashSet<string> Reported { get; } = [];

    // Asterisk tells an app of a bridge from the first channel of the app's that enters it; not of its creation.
    internal HashSet<string> Watchers { get; } = [];

    internal void Add(FakeChannel channel) => _channels.Add(channel);

    internal void Remove(FakeChannel channel) => _channels.Remove(channel);
}
