using System.Diagnostics;
using System.Globalization;
using AriDialer.Calls;
using AriDialer.Testing;

namespace AriDialer.Bench;

/// <summary>
/// Callers from SIPp, answered by SIPp, each through a call of ours: who is answered, refused, or fails, how long each takes, and how soon
/// after the load a call is answered as fast as before.
/// </summary>
internal static class CallLoad
{
    // Calls a second, and seconds, by which it is found out how quick a call is, before the load and from its last call on.
    private const int ProbesPerSecond = 10;
    private const int ProbeFor = 10;

    internal static async Task<int> RunAsync(int rate, int seconds)
    {
        var answering = FreePorts.Take();
        await using var asterisk = await RealAsterisk.StartAsync(demo: false);
        using var host = await BenchHost.StartAsync(asterisk, answering, RecordingRule.OnDemand);

        using var reactions = new Percentiles("aridialer.calls.reaction");
        using var requests = new Percentiles("http.client.request.duration");
        using var underWay = new Level("aridialer.calls.under_way");
        using var answer = StartAnswering(answering);
        // The first calls meet code that is still being compiled.
        await ProbeAsync(asterisk, 3);
        var before = await ProbeAsync(asterisk, 3);
        var total = rate * seconds;
        var start = Stopwatch.GetTimestamp();
        var allocated = GC.GetTotalAllocatedBytes();
        var paused = GC.GetTotalPauseDuration();
        underWay.Reset();
        using var load = new SippLoad(asterisk.SipPort, rate, total);
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var after = await ProbeAsync(asterisk, ProbeFor);
        var outcome = await load.EndAsync();
        answer.Kill();
        await host.StopAsync();

        Console.WriteLine(FormattableString.Invariant($"{outcome.Created} calls at {rate} a second: {outcome.AsItShould - outcome.Refused.Count} worked, {outcome.Refused.Count} were refused (503), {outcome.Failed} failed otherwise"));
        Console.WriteLine($"time to answer:   {Percentiles.Of(outcome.Answered.Select(call => call.Milliseconds))}");
        Console.WriteLine($"time to 503:      {Percentiles.Of(outcome.Refused.Select(call => call.Milliseconds))}");
        Console.WriteLine($"  before it all:  {Percentiles.Of(before.Answered.Select(call => call.Milliseconds))}");
        Console.WriteLine($"after the load:   {Recovery(before, after)}");
        Console.WriteLine($"event to request: {reactions.Since(start)}");
        Console.WriteLine($"a request takes:  {requests.Since(start)}");
        Console.WriteLine($"  under way:      {underWay.Highest} at most");
        Console.WriteLine(FormattableString.Invariant($"collector: {(GC.GetTotalPauseDuration() - paused).TotalMilliseconds:0.0} ms of pauses, {(GC.GetTotalAllocatedBytes() - allocated) / 1024 / total} KB a call; load of the machine {LoadAverage()}"));
        return outcome.Failed == 0 ? 0 : 1;
    }

    private static async Task<SippLoad.Outcome> ProbeAsync(RealAsterisk asterisk, int seconds)
    {
        using var probe = new SippLoad(asterisk.SipPort, ProbesPerSecond, ProbesPerSecond * seconds);
        return await probe.EndAsync();
    }

    // Back to normal is when no call any more is refused, and each second's are answered, by their median, within twice of what it took before.
    private static string Recovery(SippLoad.Outcome before, SippLoad.Outcome after)
    {
        var limit = 2 * Percentiles.Median(before.Answered.Select(call => call.Milliseconds));
        var slow = after.Answered.GroupBy(call => (int)call.At.TotalSeconds)
            .Where(second => Percentiles.Median(second.Select(call => call.Milliseconds)) > limit).Select(second => second.Key + 1.0);
        var late = after.Refused.Select(call => call.At.TotalSeconds).Concat(slow).DefaultIfEmpty().Max();
        return FormattableString.Invariant($"as before after {late:0.0} s; of {after.Created} calls {after.Refused.Count} refused, {after.Failed} failed; {Percentiles.Of(after.Answered.Select(call => call.Milliseconds))}");
    }

    private static Process StartAnswering(int port)
    {
        var sipp = Process.Start(new ProcessStartInfo("sipp", ["-sn", "uas", "-i", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-nostdin", "-skip_rlimit"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TERM"] = "dumb" },
        }) ?? throw new InvalidOperationException("SIPp did not start. Is the package sip-tester installed?");
        sipp.OutputDataReceived += static (_, _) => { };
        sipp.BeginOutputReadLine();
        return sipp;
    }

    private static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
