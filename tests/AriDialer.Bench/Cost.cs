using System.Globalization;
using AriDialer.Testing;

namespace AriDialer.Bench;

/// <summary>What the application and Asterisk have used so far.</summary>
internal readonly record struct Cost(Cost.Of App, Cost.Of Asterisk)
{
    internal static Cost Now(RealAsterisk asterisk) => new(Of.Process(Environment.ProcessId), Of.Process(asterisk.ProcessId));

    /// <summary>One process.</summary>
    /// <param name="Cpu">Time on a core.</param>
    /// <param name="Memory">Bytes that are its own.</param>
    internal readonly record struct Of(TimeSpan Cpu, long Memory)
    {
        internal static Of Process(int id)
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return new Of(process.TotalProcessorTime, process.WorkingSet64);
        }

        internal string Since(Of start, Of before, int seconds, int calls) => string.Create(
            CultureInfo.InvariantCulture,
            $"{(Cpu - start.Cpu).TotalSeconds * 100 / seconds:0.0} % of a core, {(Memory - before.Memory) / 1024.0 / calls:0} KB a call");
    }
}
