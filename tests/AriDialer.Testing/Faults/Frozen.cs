using System.Diagnostics;
using System.Globalization;

namespace AriDialer.Testing;

/// <summary>A process that does nothing at all, but is there and keeps its connections (SIGSTOP), until this is disposed (SIGCONT).</summary>
public sealed class Frozen : IDisposable
{
    private readonly int _process;

    public Frozen(int process)
    {
        _process = process;
        Send("STOP");
    }

    public void Dispose() => Send("CONT");

    private void Send(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        if (kill.ExitCode != 0)
            throw new InvalidOperationException($"Process {_process} takes no SIG{signal}.");
    }
}
