using System.Diagnostics.Metrics;

namespace AriDialer.Calls;

/// <summary>What the engine measures of itself, under the meter <c>AriDialer.Calls</c>.</summary>
internal static class CallMetrics
{
    private static readonly Meter Meter = new("AriDialer.Calls");

    /// <summary>Milliseconds from an event's arrival to the first request that it leads to leaving for Asterisk.</summary>
    internal static readonly Histogram<double> Reaction = Meter.CreateHistogram<double>(
        "aridialer.calls.reaction", "ms", "From an event of Asterisk to the first request that it leads to");

    /// <summary>Calls that ended, by reason.</summary>
    internal static readonly Counter<long> Ended = Meter.CreateCounter<long>("aridialer.calls.ended", "{call}", "Calls that ended, by reason");

    /// <summary>Calls that waited for what would not come, by the state that they were found in.</summary>
    internal static readonly Counter<long> Stuck = Meter.CreateCounter<long>("aridialer.calls.stuck", "{call}", "Calls that were found stuck, by state");

    /// <summary>Calls that were refused because too much was under way, by kind: <c>trunk</c> or <c>phone</c>.</summary>
    internal static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "aridialer.calls.refused", "{call}", "Calls that were refused because too much was under way, by kind");

    /// <summary>Requests to Asterisk that have no answer yet, and questions whom to ring.</summary>
    internal static readonly UpDownCounter<long> UnderWay = Meter.CreateUpDownCounter<long>(
        "aridialer.calls.under_way", "{request}", "Requests to Asterisk that have no answer yet, and questions whom to ring");

    /// <summary>Frames of audio taps that were read from Asterisk.</summary>
    internal static readonly Counter<long> TapFramesRead = Meter.CreateCounter<long>("aridialer.taps.read", "{frame}", "Frames that audio taps read from Asterisk");

    /// <summary>Frames of audio taps that their reader was too slow for.</summary>
    internal static readonly Counter<long> TapFramesDropped = Meter.CreateCounter<long>(
        "aridialer.taps.dropped", "{frame}", "Frames of audio taps that their reader was too slow for");

    /// <summary>Audio taps that are open now.</summary>
    internal static readonly UpDownCounter<long> OpenTaps = Meter.CreateUpDownCounter<long>("aridialer.taps.open", "{tap}", "Audio taps that are open");
}
