using System.Diagnostics;

namespace AriDialer.Testing;

/// <summary>A file system in memory, of a few bytes, over a folder that one process in a namespace of its own sees.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly int _process;
    private readonly string _folder;

    private SmallDisk(int process, string folder) => (_process, _folder) = (process, folder);

    /// <param name="process">A process in the namespace.</param>
    /// <param name="folder">Where to mount it.</param>
    /// <param name="bytes">How much it holds.</param>
    public static SmallDisk Mount(int process, string folder, int bytes)
    {
        Run(process, "mount", "-t", "tmpfs", "-o", $"size={bytes},mode=0777", "tmpfs", folder);
        return new SmallDisk(process, folder);
    }

    public void Dispose() => Run(_process, "umount", "--lazy", _folder);

    private static void Run(int process, params string[] command)
    {
        using var run = Process.Start(new ProcessStartInfo("nsenter", ["--target", $"{process}", "--mount", .. command]) { RedirectStandardError = true })!;
        var complaint = run.StandardError.ReadToEnd();
        run.WaitForExit();
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"{command[0]}: {complaint}");
    }
}
