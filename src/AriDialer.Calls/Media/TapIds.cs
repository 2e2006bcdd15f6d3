namespace AriDialer.Calls.Media;

/// <summary>The ids of what one tap has in Asterisk; <see cref="CallIds"/> makes them.</summary>
/// <param name="Snoop">The channel that hears the leg.</param>
/// <param name="Media">The channel that hands its sound to us.</param>
/// <param name="Bridge">The bridge between the two.</param>
internal readonly record struct TapIds(string Snoop, string Media, string Bridge);
