namespace AriDialer.Ari.Events;

/// <summary>What comes out of the event socket, in order: events, and what became of the connection between them.</summary>
public abstract record AriMessage
{
    private AriMessage()
    {
    }

    /// <summary>Asterisk told of something.</summary>
    /// <param name="Value">What it told.</param>
    public sealed record Event(AriEvent Value) : AriMessage;

    /// <summary>
    /// The socket is open: events that happen from now on will follow. Asterisk keeps none of those that happened while nobody listened, and
    /// does not repeat StasisStart: read its channels and bridges, and compare.
    /// </summary>
    /// <param name="AfterGap">False for the first connection, true for each later one.</param>
    public sealed record Connected(bool AfterGap) : AriMessage;

    /// <summary>The socket is gone, or the first attempt to open it failed. Attempts go on until the reader gives up.</summary>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Disconnected(string Reason) : AriMessage;
}
