namespace AriDialer.Ari;

/// <summary>What a failed request means. A hang-up races every request, so the first three are outcomes to expect, not faults.</summary>
public enum AriErrorKind
{
    /// <summary>Something is broken: the connection, the request itself, or Asterisk.</summary>
    Fault,

    /// <summary>What the request was about does not exist (any more).</summary>
    Gone,

    /// <summary>It exists, but its state does not allow this, or the chosen id is in use.</summary>
    Conflict,

    /// <summary>The channel or bridge exists, but is not in a Stasis application: it has left, or has not entered yet.</summary>
    NotInStasis,
}
