using System.Globalization;
using System.Text.RegularExpressions;

namespace AriDialer.EndToEnd.House;

/// <summary>What a process holds at a moment, as the kernel tells.</summary>
/// <param name="Memory">Kilobytes that are its own alone: heaps and stacks, no files.</param>
/// <param name="Handles">Open files, sockets, and the like.</param>
/// <param name="Threads">Threads.</param>
internal sealed partial record Footprint(long Memory, int Handles, int Threads)
{
    public static Footprint Of(int processId)
    {
        var status = File.ReadAllText($"/proc/{processId}/status");
        return new Footprint(Number(Anonymous(), status), Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length, (int)Number(ThreadCount(), status));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Memory / 1024.0:F1} MB, {Handles} handles, {Threads} threads");

    private static long Number(Regex line, string status) => long.Parse(line.Match(status).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^RssAnon:\s+([0-9]+) kB", RegexOptions.Multiline)]
    private static partial Regex Anonymous();

    [GeneratedRegex(@"^Threads:\s+([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex ThreadCount();
}
