using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Diagnostics.NETCore.Client;

namespace AriDialer.EndToEnd.House;

/// <summary>What a process holds at a moment, as the kernel tells.</summary>
/// <param name="Memory">Kilobytes that are its own alone: heaps and stacks, no files.</param>
/// <param name="Handles">Open files, sockets, and the like.</param>
/// <param name="Threads">Threads.</param>
internal sealed partial record Footprint(long Memory, int Handles, int Threads)
{
    // GC and GCHeapCollect: for whoever begins to listen for these everything is collected, and what is free afterwards goes back to the
    // kernel by and by. Not GCHeapDump: to write the heap down needs a third more memory, which stays for as long as nothing happens.
    private const long Collect = 0x800001;
    private static readonly TimeSpan GoesBackWithin = TimeSpan.FromSeconds(4);

    public static Footprint Of(int processId)
    {
        var status = File.ReadAllText($"/proc/{processId}/status");
        return new Footprint(Number(Anonymous(), status), Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length, (int)Number(ThreadCount(), status));
    }

    /// <summary>
    /// What a .NET process holds once it has collected all that it can: without that, memory is what the collector has not come to yet, and
    /// it may rise for a quarter of an hour before anything needs it. What counts is the least that is seen afterwards.
    /// </summary>
    public static async Task<Footprint> OfCollectedAsync(int processId)
    {
        using var session = await new DiagnosticsClient(processId).StartEventPipeSessionAsync(
            [new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Verbose, Collect)], requestRundown: false, token: CancellationToken.None);
        var reading = session.EventStream.CopyToAsync(Stream.Null);
        await Task.Delay(TimeSpan.FromSeconds(3));
        await session.StopAsync(CancellationToken.None);
        await reading;
        var least = Of(processId);
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < GoesBackWithin; await Task.Delay(250))
        {
            if (Of(processId) is var now && now.Memory < least.Memory)
                least = now;
        }

        return least;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Memory / 1024.0:F1} MB, {Handles} handles, {Threads} threads");

    private static long Number(Regex line, string status) => long.Parse(line.Match(status).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^RssAnon:\s+([0-9]+) kB", RegexOptions.Multiline)]
    private static partial Regex Anonymous();

    [GeneratedRegex(@"^Threads:\s+([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex ThreadCount();
}
