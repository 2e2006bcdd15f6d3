namespace AriDialer.Web.Features.Presence;

/// <summary>What colleagues see of a person.</summary>
internal enum PresenceState
{
    Available,

    /// <summary>A phone of theirs is up in a call.</summary>
    OnCall,

    /// <summary>They do not want to be called.</summary>
    DoNotDisturb,

    /// <summary>They have neither a page nor a phone open, or say that they are away.</summary>
    Away,
}

/// <summary>What a person can say of themselves.</summary>
internal enum ChosenPresence
{
    Available,
    Away,
    DoNotDisturb,
}
