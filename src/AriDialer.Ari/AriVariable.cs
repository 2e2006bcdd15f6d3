namespace AriDialer.Ari;

/// <summary>The value of a channel's or a bridge's variable.</summary>
/// <param name="Value">The value.</param>
/// <param name="ReportEvents">Whether each later event of that channel or bridge shows it, in <c>Channelvars</c> or <c>Bridgevars</c>.</param>
public readonly record struct AriVariable(string Value, bool ReportEvents = false)
{
    /// <summary>A variable that events do not show.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator AriVariable(string value) => new(value);
}
