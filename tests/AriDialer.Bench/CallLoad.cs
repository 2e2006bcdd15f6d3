using System.Diagnostics;
using System.Globalization;
using AriDialer.Calls;
using AriDialer.Testing;

namespace AriDialer.Bench;

/// <summary>Callers from SIPp, answered by SIPp, each through a call of ours: who fails, and how long a reaction takes.</summary>
internal static class CallLoad
{
    internal static async Task<int> RunAsync(int rate, int seconds)
    {
        var answering = FreePorts.Take();
        await using var asterisk = await RealAsterisk.StartAsync(demo: false);
        using var host = await BenchHost.StartAsync(asterisk, answering, RecordingRule.OnDemand);

        using var reactions = new Percentiles("aridialer.calls.reaction");
        using var requests = new Percentiles("http.client.request.duration");
        using var answer = StartSipp(["-sn", "uas", "-i", "127.0.0.1", "-p", Text(answering), "-nostdin"]);
        answer.OutputDataReceived += static (_, _) => { };
        answer.BeginOutputReadLine();
        var total = rate * seconds;
        var start = Stopwatch.GetTimestamp();
        var allocated = GC.GetTotalAllocatedBytes();
        var paused = GC.GetTotalPauseDuration();
        using var call = StartSipp(
        [
            "-sn", "uac", "-s", "+12025550123", "-r", Text(rate), "-m", Text(total), "-d", "1000", "-i", "127.0.0.1", "-p", Text(FreePorts.Take()),
            "-nostdin", "-timeout", Text(seconds + 30), $"127.0.0.1:{asterisk.SipPort}",
        ]);
        var output = await call.StandardOutput.ReadToEndAsync();
        await call.WaitForExitAsync();
        var elapsed = Stopwatch.GetElapsedTime(start);
        answer.Kill();
        await host.StopAsync();

        Console.WriteLine(FormattableString.Invariant($"{total} calls at {rate} a second in {elapsed.TotalSeconds:0.0} s"));
        Console.WriteLine($"caller's count: {LastCount(output, "Successful call")} successful, {LastCount(output, "Failed call")} failed");

        // The first calls meet code that is still being compiled.
        var warm = start + 2 * Stopwatch.Frequency;
        Console.WriteLine($"event to request: {reactions.Since(start)}");
        Console.WriteLine($"  after 2 s:      {reactions.Since(warm)}");
        Console.WriteLine($"a request takes:  {requests.Since(warm)}");
        Console.WriteLine(FormattableString.Invariant($"collector: {(GC.GetTotalPauseDuration() - paused).TotalMilliseconds:0.0} ms of pauses, {(GC.GetTotalAllocatedBytes() - allocated) / 1024 / total} KB a call; load of the machine {LoadAverage()}"));
        return call.ExitCode;
    }

    private static Process StartSipp(string[] arguments) => Process.Start(new ProcessStartInfo("sipp", arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["TERM"] = "dumb" },
    }) ?? throw new InvalidOperationException("SIPp did not start. Is the package sip-tester installed?");

    // SIPp repaints its screen; the last one holds the totals, in the second column.
    private static string LastCount(string output, string row) =>
        output.Split('\n').LastOrDefault(line => line.Contains(row, StringComparison.Ordinal))?.Split('|')[^1].Trim() ?? "?";

    private static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
