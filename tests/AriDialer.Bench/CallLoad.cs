using System.Diagnostics;
using System.Globalization;
using AriDialer.Ari;
using AriDialer.Calls;
using AriDialer.Calls.Provisioning;
using AriDialer.Calls.Routing;
using AriDialer.Calls.Stasis;
using AriDialer.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AriDialer.Bench;

/// <summary>Callers from SIPp, answered by SIPp, each through a call of ours: who fails, and how long a reaction takes.</summary>
internal static class CallLoad
{
    internal static async Task<int> RunAsync(int rate, int seconds)
    {
        var answering = FreePorts.Take();
        await using var asterisk = await RealAsterisk.StartAsync(demo: false);
        using var host = BuildHost(asterisk);
        await host.StartAsync();
        await WaitForLinkAsync(host.Services.GetRequiredService<AsteriskLink>());
        await host.Services.GetRequiredService<Provisioner>().PutTrunkAsync(
            new TrunkEndpoint($"127.0.0.1:{answering}", null, null, Register: false));

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

    private static IHost BuildHost(RealAsterisk asterisk)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddAri(options =>
        {
            options.Url = asterisk.AriUrl;
            options.Username = asterisk.Username;
            options.Password = asterisk.Password;
            options.App = "aridialer";
        });
        builder.Services.AddCalls();
        builder.Services.AddSingleton<CallRouting>((request, _) => ValueTask.FromResult<RouteDecision>(new RingTargets(
            CallDirection.Outbound,
            CallParty.Unknown,
            new CallParty(null, request.Dialled, null),
            [new DialTarget($"PJSIP/+442079460111@{Provisioner.TrunkName}", "+12025550101", "", null)],
            TimeSpan.FromSeconds(20))));
        return builder.Build();
    }

    private static async Task WaitForLinkAsync(AsteriskLink link)
    {
        for (var i = 0; i < 100 && !link.IsConnected; i++)
        {
            await Task.Delay(100);
        }
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
