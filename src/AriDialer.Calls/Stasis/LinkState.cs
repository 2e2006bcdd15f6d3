namespace AriDialer.Calls.Stasis;

/// <summary>Whether Asterisk is connected and everything missed is made up for, and since when that is so.</summary>
public sealed record LinkState(bool IsConnected, DateTimeOffset Since);
