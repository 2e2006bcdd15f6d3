namespace AriDialer.Calls;

/// <summary>One file that Asterisk records of one leg. Its snoop channel and the file have the same name. Only its <see cref="Call"/> touches it.</summary>
internal sealed class Track(string id, Leg leg)
{
    internal string Id { get; } = id;

    internal Leg Leg { get; } = leg;

    /// <summary>When its first sample was taken, by Asterisk's clock; null while that is not known.</summary>
    internal DateTimeOffset? StartedAt { get; set; }

    /// <summary>When its last sample was taken, likewise.</summary>
    internal DateTimeOffset? EndedAt { get; set; }

    internal bool IsOver { get; set; }

    /// <summary>True once it ended without having been asked to: with its leg, as will be told in a moment, or because something is wrong.</summary>
    internal bool HasEnded { get; set; }

    /// <summary>True once it is known that something was wrong.</summary>
    internal bool IsBroken { get; set; }
}
