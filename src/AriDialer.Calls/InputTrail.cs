using System.Globalization;

namespace AriDialer.Calls;

/// <summary>
/// The last that a call was told, for the report where it gets stuck: kinds, channels and causes, and nothing that anybody typed or said.
/// </summary>
internal sealed class InputTrail
{
    private const int Kept = 24;
    private readonly (DateTimeOffset At, CallInput Input)[] _last = new (DateTimeOffset, CallInput)[Kept];
    private long _count;

    internal void Add(CallInput input, DateTimeOffset at)
    {
        lock (_last)
        {
            _last[_count % Kept] = (at, input);
            _count++;
        }
    }

    public override string ToString()
    {
        lock (_last)
        {
            var first = Math.Max(0, _count - Kept);
            return string.Join("; ", Enumerable.Range(0, (int)(_count - first)).Select(i => _last[(first + i) % Kept])
                .Select(told => $"{told.At.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} {Describe(told.Input)}"));
        }
    }

    internal static string Describe(CallInput input)
    {
        var name = input.GetType().Name;
        return input switch
        {
            CallInput.RouteDecided decided => $"{name} {decided.Attempt} {decided.Decision.GetType().Name}",
            CallInput.RouteFailed failed => $"{name} {failed.Attempt}",
            CallInput.LegArrived leg => $"{name} {leg.ChannelId}",
            CallInput.LegRinging leg => $"{name} {leg.ChannelId}",
            CallInput.LegEarlyMedia leg => $"{name} {leg.ChannelId}",
            CallInput.LegAnswered leg => $"{name} {leg.ChannelId}",
            CallInput.LegHeld leg => $"{name} {leg.ChannelId}",
            CallInput.LegSilent leg => $"{name} {leg.ChannelId}",
            CallInput.PhoneIsBack leg => $"{name} {leg.ChannelId}",
            CallInput.LegHeard leg => $"{name} {leg.ChannelId}",
            CallInput.LegGone gone => $"{name} {gone.ChannelId} {gone.Cause}",
            CallInput.LegLeftStasis leg => $"{name} {leg.ChannelId}",
            CallInput.ControlRequested request => $"{name} {request.Control.GetType().Name}",
            CallInput.EffectFailed failed => $"{name} {failed.Effect.GetType().Name} {failed.Failure}",
            CallInput.Surveyed surveyed => $"{name} {string.Join(',', surveyed.Channels.Select(seen => $"{seen.ChannelId}={seen.State}"))}",
            CallInput.LegsMissed missed => $"{name} {string.Join(',', missed.ChannelIds)}",
            _ => name,
        };
    }
}
