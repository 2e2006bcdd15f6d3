namespace AriDialer.Ari;

/// <summary>
/// Which types of events an application receives. What is filtered out costs Asterisk and us nothing:
/// <c>EventFilter.Without(nameof(ChannelVarset), nameof(ChannelDialplan))</c> leaves out most of the traffic.
/// </summary>
/// <param name="Allowed">The only types to send; null for all.</param>
/// <param name="Disallowed">The types not to send, even when allowed; null for none.</param>
public sealed record EventFilter(IReadOnlyCollection<string>? Allowed = null, IReadOnlyCollection<string>? Disallowed = null)
{
    /// <summary>Everything but these types.</summary>
    /// <param name="types">The names of the event types.</param>
    public static EventFilter Without(params IReadOnlyCollection<string> types) => new(Disallowed: types);

    /// <summary>Nothing but these types.</summary>
    /// <param name="types">The names of the event types.</param>
    public static EventFilter Only(params IReadOnlyCollection<string> types) => new(Allowed: types);
}
