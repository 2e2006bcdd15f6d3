namespace AriDialer.Testing;

/// <summary>
/// Event logs of Asterisk 22.10.1, one event a line, as its socket sent them. In each, "NAME-in" is the channel that arrived from the
/// dialplan, "NAME-leg" the one that was created and dialled, "NAME-bridge" the bridge. Between them they show: no BridgeCreated for a
/// bridge made by a request; no Dial status but "", RINGING, PROGRESS and ANSWER (busy and failure are ChannelDestroyed's cause); and no
/// ChannelDestroyed for a channel from the dialplan, unless it was subscribed to ("subscribed").
/// </summary>
public static class RecordedCalls
{
    private const string Prefix = "recorded/";

    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(RecordedCalls).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> Events(string name)
    {
        using var stream = typeof(RecordedCalls).Assembly.GetManifestResourceStream(Prefix + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
