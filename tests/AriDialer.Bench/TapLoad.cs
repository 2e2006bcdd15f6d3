using System.Diagnostics;
using System.Globalization;
using AriDialer.Ari;
using AriDialer.Calls;
using AriDialer.Calls.Media;
using AriDialer.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AriDialer.Bench;

/// <summary>Recorded calls at once, each with a tap on both legs and sound on both: what is lost, how late it is, and what it costs.</summary>
internal sealed class TapLoad(RealAsterisk asterisk, IHost host, int calls, int seconds)
{
    // Around what is measured: all calls come up, and none ends before.
    private static readonly TimeSpan ComeUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private readonly AriClient _ari = host.Services.GetRequiredService<AriClient>();
    private readonly AudioTaps _taps = host.Services.GetRequiredService<AudioTaps>();
    private readonly CallFeed.Subscription _feed = host.Services.GetRequiredService<CallFeed>().Subscribe();
    private readonly Dictionary<string, CallSnapshot> _calls = [];
    private readonly List<TapProbe> _probes = [];
    private readonly List<Task> _listening = [];
    private readonly Voices _voices = new(2 * calls);
    private long _spokenSince;

    internal static async Task<int> RunAsync(int calls, int seconds)
    {
        var trunk = FreePorts.Take();
        await using var asterisk = await RealAsterisk.StartAsync(demo: false);
        using var host = await BenchHost.StartAsync(asterisk, trunk, new RecordingRule(Allowed: true, Starts: true, Announcement: []));
        var load = new TapLoad(asterisk, host, calls, seconds);
        var faults = await load.RunAsync(trunk);
        await host.StopAsync();
        foreach (var fault in faults)
        {
            Console.WriteLine($"FAULT: {fault}");
        }

        Console.WriteLine(faults.Count == 0 ? "No frame was lost by the application, and no call was harmed." : $"{faults.Count} faults.");
        return faults.Count == 0 ? 0 : 1;
    }

    private async Task<List<string>> RunAsync(int trunk)
    {
        var before = Cost.Now(asterisk);
        using var sipp = new SippCalls(asterisk.SipPort, trunk, _voices.Ports, ComeUp + WarmUp + TimeSpan.FromSeconds(seconds + 2));
        await UntilAsync(() => _probes.Count == 2 * calls, ComeUp);
        await Task.Delay(WarmUp);
        await Task.WhenAll(_probes.Select(probe => probe.StartAsync()));
        var start = Cost.Now(asterisk);
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var end = Cost.Now(asterisk);
        await Task.WhenAll(_probes.Select(probe => probe.StopAsync()));
        await UntilAsync(() => _calls.Values.Count(call => call.State == CallState.Ended) == calls, ComeUp + WarmUp);
        var spoken = Stopwatch.GetElapsedTime(_spokenSince);
        _voices.Dispose();
        await Task.WhenAny(Task.WhenAll(_listening), Task.Delay(ComeUp));
        var faults = Report(before, start, end);
        faults.AddRange(sipp.Faults());
        faults.AddRange(await TracesAsync(spoken));
        return faults;
    }

    // Follows all calls meanwhile, and opens taps on those that are new.
    private async Task UntilAsync(Func<bool> isSo, TimeSpan limit)
    {
        using var late = new CancellationTokenSource(limit);
        try
        {
            while (!isSo())
            {
                var call = (await _feed.Changes.ReadAsync(late.Token)).Call;
                var isNew = call.State == CallState.Connected && (!_calls.TryGetValue(call.Id, out var known) || known.State != CallState.Connected);
                _calls[call.Id] = call;
                if (isNew)
                {
                    await TapAsync(call);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // What is missing shows in the figures.
        }
    }

    private async Task TapAsync(CallSnapshot call)
    {
        foreach (var leg in call.Legs)
        {
            var (ours, theirs) = (await PortAsync(leg.ChannelId, "src"), await PortAsync(leg.ChannelId, "dest"));
            _voices.Speak(from: theirs, to: ours);
            _spokenSince = Stopwatch.GetTimestamp();
            if (await _taps.OpenAsync(call.Id, leg.ChannelId, CancellationToken.None) is { } tap)
            {
                var probe = new TapProbe(tap, _ari, VoiceCode.PhaseOf(theirs));
                _probes.Add(probe);
                _listening.Add(Task.Run(probe.ListenAsync));
            }
        }
    }

    private async Task<int> PortAsync(string channelId, string end)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var address = (await _ari.Channels.GetChannelVarAsync(channelId, $"CHANNEL(rtp,{end})")).Value;
                return int.Parse(address.Split(':')[^1], CultureInfo.InvariantCulture);
            }
            catch (AriException) when (attempt < 20)
            {
                // Connected a moment ago: Asterisk is not through with its media yet.
                await Task.Delay(50);
            }
        }
    }

    private List<string> Report(Cost before, Cost start, Cost end)
    {
        List<string> faults = [];
        Console.WriteLine($"{_calls.Count} recorded calls at once, {_probes.Count} taps, measured for {seconds} s; load of the machine {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
        var (packets, read) = (_probes.Sum(probe => probe.Expected), _probes.Sum(probe => probe.Received));
        Console.WriteLine($"frames of a tap:   {Spread(_probes.Select(probe => probe.Expected))} expected, {Spread(_probes.Select(probe => probe.Received))} received, {Spread(_probes.Select(probe => probe.Lost))} lost by the app");
        Console.WriteLine($"frames in all:     {packets} expected, {read} received, {_probes.Sum(probe => probe.Lost)} lost by the app");

        // A socket loses nothing on the way: what is missing was never sent. Asterisk's snoop has no time for it where the machine is
        // overloaded: each tick that it misses makes all that follows 20 ms later, and at half a second it throws that away.
        Console.WriteLine($"never sent:        {Math.Max(0, packets - read)} frames of packets that Asterisk got");
        Console.WriteLine(FormattableString.Invariant($"holes:             {_probes.Sum(probe => probe.Jumped) * 1000.0 / AudioFrame.Rate:0} ms jumped over in all"));
        Console.WriteLine($"after the clock:   {Percentiles.Of(_probes.SelectMany(probe => probe.AfterClock))}");
        Console.WriteLine($"after its sending: {Percentiles.Of(_probes.SelectMany(probe => probe.AfterSending))}");
        Console.WriteLine($"the application:   {end.App.Since(start.App, before.App, seconds, calls)}");
        Console.WriteLine($"Asterisk:          {end.Asterisk.Since(start.Asterisk, before.Asterisk, seconds, calls)}");
        Count(_probes.Count == 2 * calls, $"only {_probes.Count} taps could be opened");
        Count(_probes.All(probe => probe.Lost == 0), "the app lost frames");

        Count(_probes.All(probe => probe.Expected >= seconds * 45), "a telephone spoke too little for a figure");
        var ends = _calls.Values.Select(call => call.State == CallState.Ended ? $"{call.End?.Reason}, cause {call.End?.Cause}" : "has not ended").GroupBy(end => end).ToList();
        Console.WriteLine($"calls:             {string.Join("; ", ends.Select(group => $"{group.Count()} {group.Key}"))}");
        Count(_calls.Count == calls && ends is [{ Key: "completed, cause 16" }], "not every call was answered and ended normally");
        return faults;

        void Count(bool isFine, string otherwise)
        {
            if (!isFine)
            {
                faults.Add(otherwise);
            }
        }
    }

    // What is left of it: the recordings, whole, and nothing else.
    private async Task<List<string>> TracesAsync(TimeSpan spoken)
    {
        List<string> faults = [];
        List<double> lengths = [];
        foreach (var recording in (await _ari.Recordings.ListStoredAsync()).Where(recording => CallIds.CallOfTrack(recording.Name) is not null))
        {
            await using var sound = await _ari.Recordings.GetStoredFileAsync(recording.Name);
            using var copy = new MemoryStream();
            await sound.CopyToAsync(copy);
            lengths.Add((copy.Length - 44) / (2.0 * AudioFrame.Rate));
        }

        Console.WriteLine(FormattableString.Invariant($"recordings:        {lengths.Count}, of {lengths.DefaultIfEmpty().Min():0.0} to {lengths.DefaultIfEmpty().Max():0.0} s; the last began to speak {spoken.TotalSeconds:0.0} s before the last end"));
        if (lengths.Count != 2 * calls || lengths.Min() < seconds + WarmUp.TotalSeconds - 1)
        {
            faults.Add("a recording is missing or too short");
        }

        IReadOnlyList<string> left = [];
        for (var look = 0; look < 100 && (look == 0 || left.Count > 0); look++)
        {
            await Task.Delay(50);
            left = [.. (await _ari.Channels.ListAsync()).Select(channel => channel.Id), .. (await _ari.Bridges.ListAsync()).Select(bridge => bridge.Id)];
        }

        Console.WriteLine($"left in Asterisk:  {(left.Count == 0 ? "nothing" : string.Join(", ", left))}");
        if (left.Count > 0 || !_listening.TrueForAll(listening => listening.IsCompletedSuccessfully))
        {
            faults.Add("channels, bridges or taps outlived their calls");
        }

        return faults;
    }

    private static string Spread(IEnumerable<long> counts) => counts.DefaultIfEmpty().Min() is var least && counts.DefaultIfEmpty().Max() is var most && least == most
        ? $"{least}"
        : $"{least} to {most}";
}
