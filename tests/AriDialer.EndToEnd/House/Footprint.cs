using System.Diagnostics.Tracing;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace AriDialer.EndToEnd.House;

/// <summary>What a process holds at a moment, as the kernel tells.</summary>
/// <param name="Memory">Kilobytes that are its own alone: heaps and stacks, no files.</param>
/// <param name="Handles">Open files, sockets, and the like.</param>
/// <param name="Threads">Threads.</param>
internal sealed partial record Footprint(long Memory, int Handles, int Threads)
{
    // GC and GCHeapCollect: for whoever begins to listen for these everything is collected.
    private const long Collect = 0x800001;

    // Of what those counters call a megabyte: 1000 times 1000 bytes.
    private const double Kilobytes = 1_000_000 / 1024.0;

    public static Footprint Of(int processId)
    {
        var status = File.ReadAllText($"/proc/{processId}/status");
        return new Footprint(Number(Anonymous(), status), Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length, (int)Number(ThreadCount(), status));
    }

    /// <summary>
    /// What a .NET process holds once it has collected all that it can: its live objects, and all that is not the collector's. What the
    /// collector keeps for later is left out: that may be twice as much as the objects, and rises and falls as it sees fit.
    /// </summary>
    public static async Task<Footprint> OfCollectedAsync(int processId)
    {
        Dictionary<string, double> counters = [];
        using var session = await new DiagnosticsClient(processId).StartEventPipeSessionAsync(
            [
                new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, Collect),
                new EventPipeProvider("System.Runtime", EventLevel.Informational, arguments: new Dictionary<string, string> { ["EventCounterIntervalSec"] = "1" }),
            ],
            requestRundown: false, token: CancellationToken.None);
        var reading = Task.Run(() =>
        {
            using var source = new EventPipeEventSource(session.EventStream);
            source.Dynamic.All += e => Read(e, counters);
            source.Process();
        });
        await Task.Delay(TimeSpan.FromSeconds(3.5));
        var now = Of(processId);
        await session.StopAsync(CancellationToken.None);
        await reading;
        return now with { Memory = now.Memory - (long)((counters["gc-committed"] - counters["gc-heap-size"]) * Kilobytes) };
    }

    private static void Read(TraceEvent e, Dictionary<string, double> counters)
    {
        if (e.EventName == "EventCounters" && e.PayloadValue(0) is IDictionary<string, object> outer && outer["Payload"] is IDictionary<string, object> counter
            && counter.TryGetValue("Mean", out var mean))
        {
            counters[(string)counter["Name"]] = Convert.ToDouble(mean, CultureInfo.InvariantCulture);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Memory / 1024.0:F1} MB, {Handles} handles, {Threads} threads");

    private static long Number(Regex line, string status) => long.Parse(line.Match(status).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^RssAnon:\s+([0-9]+) kB", RegexOptions.Multiline)]
    private static partial Regex Anonymous();

    [GeneratedRegex(@"^Threads:\s+([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex ThreadCount();
}
