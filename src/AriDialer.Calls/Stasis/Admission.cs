using System.Collections.Concurrent;
using System.Globalization;
using AriDialer.Ari;
using AriDialer.Ari.Models;
using AriDialer.Calls.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AriDialer.Calls.Stasis;

/// <summary>
/// The door for new calls. While more comes than the machine gets done, a call is refused at once, with one request and nothing else, so
/// that those inside stay quick. Asterisk makes a SIP 503 of the cause; that is all it can say: it puts no header of ours, such as
/// Retry-After, into a response.
/// </summary>
public sealed partial class Admission
{
    /// <summary>Q.850: congestion in the switching equipment. Asterisk answers an INVITE with 503 for it.</summary>
    internal const int CongestionCause = 42;

    // How many times the room of a caller from the network is there for these.
    private const int ForTrunk = 1;
    private const int ForOthers = 2;

    // No emergency number is longer (112, 911, 1717), and no other that people dial outside is so short.
    private const int LongestShortNumber = 4;
    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(1);

    // A list of channels may be older than the event that says that one of them went.
    private static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(30);

    // Channels that were refused, and when they went (as a timestamp; 0 while they are there): these are never begun as calls, whoever
    // finds them.
    private readonly ConcurrentDictionary<string, long> _refused = new();
    private readonly AriClient _ari;
    private readonly CallDirectory _directory;
    private readonly WorkUnderWay _work;
    private readonly Congestion _congestion;
    private readonly ChangeSignal _newlyRefused = new();
    private readonly CallsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<Admission> _log;
    private long _count;
    private long _lastAt;
    private int _unreported;
    private int _isLookingAfter;

    internal Admission(
        AriClient ari, CallDirectory directory, WorkUnderWay work, IOptions<CallsOptions> options, TimeProvider time, ILogger<Admission> log)
    {
        (_ari, _directory, _work, _options, _time, _log) = (ari, directory, work, options.Value, time, log);
        _congestion = new Congestion(_options.MostUnderWay, time);
    }

    /// <summary>Whether a call that a phone of ours makes is taken now. A short number always is: it may be an emergency's.</summary>
    /// <param name="dialled">What was dialled.</param>
    public bool TakesPhone(string dialled) => dialled.Length <= LongestShortNumber || HasRoom(ForOthers);

    /// <summary>How many calls were refused since the start, and when the last was.</summary>
    public (long Count, DateTimeOffset LastAt) Refused => (Interlocked.Read(ref _count), new DateTimeOffset(Interlocked.Read(ref _lastAt), TimeSpan.Zero));

    /// <summary>What <see cref="Refused"/> is at this moment, and once a second while it changes.</summary>
    public IAsyncEnumerable<(long Count, DateTimeOffset LastAt)> WatchRefusedAsync(CancellationToken cancellationToken) =>
        _newlyRefused.WatchAsync(() => Refused, cancellationToken);

    /// <summary>A refusal that was given elsewhere, before Asterisk heard of the call: counted and reported with the others.</summary>
    public void CountRefusedPhone() => Report("phone");

    /// <summary>A caller's channel is in Stasis, as an event says or as it was found there: its call begins, or is refused. A repetition is ignored.</summary>
    internal void Arrive(Channel channel, IEnumerable<string> arguments, long arrivedAt = 0)
    {
        var request = channel.ToRouteRequest(arguments);
        if (_refused.ContainsKey(channel.Id) || _directory.Knows(request.CallId))
        {
            return;
        }

        var caller = channel.ToSeen();
        if (Admits(request, caller))
        {
            _directory.Arrive(request, caller, channel.ProtocolId, arrivedAt);
        }
        else
        {
            _refused[channel.Id] = 0;
            Report(KindOf(request));
            _ = RefuseAsync(channel.Id);
        }
    }

    /// <summary>True for a channel that was refused, as far as that is remembered: as long as it is there, and a while longer.</summary>
    internal bool HasRefused(string channelId) => _refused.ContainsKey(channelId);

    /// <summary>How many of the channels that were refused Asterisk still has, as far as it has told.</summary>
    internal int StillThere => _refused.Count(static refused => refused.Value == 0);

    /// <summary>A channel is no more.</summary>
    internal void Gone(string channelId) => _refused.TryUpdate(channelId, _time.GetTimestamp(), comparisonValue: 0);

    /// <summary>The channels that there are, after a gap in which nobody said which of them went.</summary>
    internal void AllBut(IReadOnlySet<string> present)
    {
        foreach (var id in _refused.Keys.Where(id => !present.Contains(id)))
        {
            Gone(id);
        }
    }

    /// <summary>Ends a channel that was refused. Never throws.</summary>
    internal async Task RefuseAsync(string channelId)
    {
        try
        {
            await _ari.Channels.HangupAsync(channelId, reasonCode: CongestionCause.ToString(CultureInfo.InvariantCulture));
        }
        catch (AriException e) when (e.Kind != AriErrorKind.Fault)
        {
            // The caller was quicker.
        }
        catch (Exception e)
        {
            LogNotRefused(e, channelId);
        }
    }

    // A person who dials takes longer for it than any machine, and has nowhere else to go: twice as much may be under way for their calls.
    // So too for callers who were answered before they came here, by a menu: a 503 can no longer be said to them.
    private bool Admits(RouteRequest request, SeenChannel caller) =>
        KindOf(request) == "phone" ? TakesPhone(request.Dialled) : HasRoom(caller.State == LegState.Up ? ForOthers : ForTrunk);

    private bool HasRoom(int share) =>
        _congestion.HasRoom(_work.Count, share) && (_options.MostCalls == 0 || _directory.Count < _options.MostCalls);

    private static string KindOf(RouteRequest request) => request.Arguments.GetValueOrDefault("kind") == "phone" ? "phone" : "trunk";

    private void Report(string kind)
    {
        CallMetrics.Refused.Add(1, new KeyValuePair<string, object?>("kind", kind));
        Interlocked.Increment(ref _count);
        Interlocked.Exchange(ref _lastAt, _time.GetUtcNow().Ticks);
        Interlocked.Increment(ref _unreported);
        LookAfter();
    }

    private void LookAfter()
    {
        if (Interlocked.Exchange(ref _isLookingAfter, 1) == 0)
        {
            _ = LookAfterAsync();
        }
    }

    // One line a second says it for all. Goes on until nothing is left to say or to forget.
    private async Task LookAfterAsync()
    {
        do
        {
            await Task.Delay(BetweenReports, _time);
            if (Interlocked.Exchange(ref _unreported, 0) is > 0 and var count)
            {
                LogRefused(count, _work.Count, _directory.Count);
                _newlyRefused.Raise();
            }

            foreach (var (id, goneAt) in _refused)
            {
                if (goneAt != 0 && _time.GetElapsedTime(goneAt) > RememberedFor)
                {
                    _refused.TryRemove(id, out _);
                }
            }
        }
        while (IsSomethingLeft());

        Interlocked.Exchange(ref _isLookingAfter, 0);
        if (IsSomethingLeft())
        {
            // Refused between the last look and now: whoever did that left it to this one.
            LookAfter();
        }
    }

    private bool IsSomethingLeft() => !_refused.IsEmpty || Volatile.Read(ref _unreported) > 0;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} calls were refused within a second (503): more come than can be served. {UnderWay} requests are under way now, in {Calls} calls")]
    private partial void LogRefused(int count, int underWay, int calls);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Channel {Id} was refused and could not be hung up; the next reconciliation tries again")]
    private partial void LogNotRefused(Exception e, string id);
}
