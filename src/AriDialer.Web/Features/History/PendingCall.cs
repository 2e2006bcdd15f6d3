namespace AriDialer.Web.Features.History;

/// <summary>
/// What of one call is not yet in the database: its newest state alone, but every line of its timeline, and when each leg was first
/// seen to talk and to be gone.
/// </summary>
internal sealed class PendingCall(CallSnapshot call)
{
    private readonly List<PendingMoment> _moments = [];
    private readonly Dictionary<string, LegTimes> _legs = [];

    public CallSnapshot Call { get; private set; } = call;

    public IReadOnlyList<PendingMoment> Moments => _moments;

    public IReadOnlyDictionary<string, LegTimes> Legs => _legs;

    /// <summary>What was kept elsewhere meanwhile, or a copy that changes by itself.</summary>
    public static PendingCall Of(CallSnapshot call, IEnumerable<PendingMoment> moments, IEnumerable<KeyValuePair<string, LegTimes>> legs)
    {
        var pending = new PendingCall(call);
        pending._moments.AddRange(moments);
        foreach (var (channelId, times) in legs)
        {
            pending._legs[channelId] = times;
        }

        return pending;
    }

    /// <param name="change">What happened.</param>
    /// <param name="now">When it is read; a change that adds to the timeline says itself when it was.</param>
    public static PendingCall Of(CallChange change, DateTimeOffset now)
    {
        var pending = new PendingCall(change.Call);
        pending._moments.AddRange(change.Moments.Select(moment => new PendingMoment(change.Sequence, moment)));
        var at = change.Moments.IsEmpty ? now : change.Moments[^1].At;
        foreach (var leg in change.Call.Legs.Where(leg => leg.State is LegState.Up or LegState.Gone))
        {
            pending._legs[leg.ChannelId] = leg.State == LegState.Up ? new LegTimes(at, null) : new LegTimes(null, at);
        }

        return pending;
    }

    /// <summary>Takes in what was told after it.</summary>
    public void Add(PendingCall later)
    {
        if (later.Call.Version > Call.Version)
            Call = later.Call;
        _moments.AddRange(later._moments);
        foreach (var (channelId, times) in later._legs)
        {
            var known = _legs.GetValueOrDefault(channelId);
            // The first time that it was gone, unless it came back since.
            _legs[channelId] = new LegTimes(known.UpAt ?? times.UpAt, times.UpAt is null ? known.GoneAt ?? times.GoneAt : times.GoneAt);
        }
    }

    public LegTimes TimesOf(string channelId) => _legs.GetValueOrDefault(channelId);
}

/// <summary>A line of the timeline, and the change of the feed that told it.</summary>
internal readonly record struct PendingMoment(long Sequence, CallMoment Moment);

/// <summary>When a leg was first seen to be up, and to be gone.</summary>
internal readonly record struct LegTimes(DateTimeOffset? UpAt, DateTimeOffset? GoneAt);
