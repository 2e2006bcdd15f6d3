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
    // GC and GCHeapCollect: for whoever begins to listen for these everything is collected.
    private const long Collect = 0x800001;

    public static Footprint Of(int processId)
    {
        var status = File.ReadAllText($"/proc/{processId}/status");
        return new Footprint(Number(Anonymous(), status), Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length, (int)Number(ThreadCount(), status));
    }

    /// <summary>Has a .NET process collect all that it can. It needs a fifth more memory for that, until it works again.</summary>
    public static async Task CollectAsync(int processId)
    {
        using var session = await new DiagnosticsClient(processId).StartEventPipeSessionAsync(
            [new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, Collect)], requestRundown: false, token: CancellationToken.None);
        var reading = session.EventStream.CopyToAsync(Stream.Null);
        await Task.Delay(TimeSpan.FromSeconds(1));
        await session.StopAsync(CancellationToken.None);
        await reading;
    }

    /// <summary>
    /// What a process holds while it does this, at the least: the collector lets memory rise for as long as nobody needs it, and a single
    /// moment tells how long ago it came by.
    /// </summary>
    public static async Task<Footprint> LeastAsync(int processId, Task meanwhile)
    {
        var least = Of(processId);
        while (await Task.WhenAny(meanwhile, Task.Delay(TimeSpan.FromMilliseconds(250))) != meanwhile)
        {
            if (Of(processId) is var now && now.Memory < least.Memory)
                least = now;
        }

        await meanwhile;
        return Of(processId) with { Memory = least.Memory };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Memory / 1024.0:F1} MB, {Handles} handles, {Threads} threads");

    private static long Number(Regex line, string status) => long.Parse(line.Match(status).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^RssAnon:\s+([0-9]+) kB", RegexOptions.Multiline)]
    private static partial Regex Anonymous();

    [GeneratedRegex(@"^Threads:\s+([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex ThreadCount();
}
