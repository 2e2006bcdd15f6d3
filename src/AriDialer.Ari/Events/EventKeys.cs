namespace AriDialer.Ari.Events;

/// <summary>The ids that an event names, each once: by them an event finds whom it concerns.</summary>
public sealed class EventKeys
{
    private const string ChannelTarget = "channel:";
    private const string BridgeTarget = "bridge:";

    private EventKeys()
    {
    }

    /// <summary>The keys of an event that names nothing.</summary>
    public static EventKeys None { get; } = new();

    /// <summary>The ids of the channels.</summary>
    public IReadOnlyList<string> Channels { get; private init; } = [];

    /// <summary>The ids of the bridges.</summary>
    public IReadOnlyList<string> Bridges { get; private init; } = [];

    /// <summary>The ids of the playbacks.</summary>
    public IReadOnlyList<string> Playbacks { get; private init; } = [];

    /// <summary>The names of the recordings.</summary>
    public IReadOnlyList<string> Recordings { get; private init; } = [];

    internal static EventKeys Of(
        ReadOnlySpan<string?> channels = default,
        ReadOnlySpan<string?> bridges = default,
        ReadOnlySpan<string?> playbacks = default,
        ReadOnlySpan<string?> recordings = default) => new()
        {
            Channels = Distinct(channels),
            Bridges = Distinct(bridges),
            Playbacks = Distinct(playbacks),
            Recordings = Distinct(recordings),
        };

    /// <summary>The channel's id out of a target such as <c>channel:ID</c>.</summary>
    internal static string? Channel(string? target) => After(ChannelTarget, target);

    /// <summary>The bridge's id out of a target such as <c>bridge:ID</c>.</summary>
    internal static string? Bridge(string? target) => After(BridgeTarget, target);

    private static string? After(string prefix, string? target) =>
        target is not null && target.StartsWith(prefix, StringComparison.Ordinal) ? target[prefix.Length..] : null;

    private static List<string> Distinct(ReadOnlySpan<string?> ids)
    {
        var list = new List<string>(ids.Length);
        foreach (var id in ids)
        {
            if (!string.IsNullOrEmpty(id) && !list.Contains(id))
                list.Add(id);
        }

        return list;
    }
}
