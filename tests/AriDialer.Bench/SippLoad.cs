using System.Diagnostics;
using System.Globalization;
using AriDialer.Testing;

namespace AriDialer.Bench;

/// <summary>Calls from SIPp that are answered or refused with 503, and when each was: SIPp's own measurements, call by call.</summary>
internal sealed class SippLoad : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aridialer-bench-").FullName;
    private readonly Process _sipp;

    /// <param name="asteriskPort">Where Asterisk takes SIP.</param>
    /// <param name="rate">Calls begun a second.</param>
    /// <param name="calls">How many in all.</param>
    internal SippLoad(int asteriskPort, int rate, int calls)
    {
        var scenario = File.ReadAllText(RepositoryRoot.File("tests", "AriDialer.EndToEnd", "Sip", "Scenarios", "calls-and-may-be-refused.xml"));
        foreach (var (name, value) in new[] { ("number", "+12025550123"), ("caller", "+442079460123"), ("caller_name", "Bench"), ("rtp_port", "9"), ("pause", "1000") })
        {
            scenario = scenario.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        File.WriteAllText(Path.Combine(_folder, "load.xml"), scenario);
        _sipp = Process.Start(new ProcessStartInfo("sipp",
        [
            "-sf", "load.xml", "-i", "127.0.0.1", "-p", Text(FreePorts.Take()), "-nostdin", "-skip_rlimit", "-r", Text(rate), "-m", Text(calls), "-l", Text(calls),
            "-timeout", Text(calls / rate + 40), "-trace_rtt", "-rtt_freq", "1", "-trace_stat", "-stf", "statistics", "-trace_err", $"127.0.0.1:{asteriskPort}",
        ])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TERM"] = "dumb" },
        }) ?? throw new InvalidOperationException("SIPp did not start. Is the package sip-tester installed?");
        _sipp.OutputDataReceived += static (_, _) => { };
        _sipp.ErrorDataReceived += static (_, _) => { };
        _sipp.BeginOutputReadLine();
        _sipp.BeginErrorReadLine();
    }

    /// <summary>Waits until all calls are over.</summary>
    internal async Task<Outcome> EndAsync()
    {
        await _sipp.WaitForExitAsync();
        var statistics = File.ReadAllLines(Path.Combine(_folder, "statistics"));
        var names = statistics[0].Split(';');
        var last = statistics[^1].Split(';');
        List<(TimeSpan At, double Milliseconds)> answered = [], refused = [];
        foreach (var row in File.ReadLines(Directory.GetFiles(_folder, "*_rtt.csv").Single()).Skip(1).Select(line => line.Split(';')))
        {
            var at = TimeSpan.FromMilliseconds(double.Parse(row[0], CultureInfo.InvariantCulture));
            (row[2].Trim('"') == "refused" ? refused : answered).Add((at, double.Parse(row[1], CultureInfo.InvariantCulture)));
        }

        return new Outcome(Count("TotalCallCreated"), Count("SuccessfulCall(C)"), Count("FailedCall(C)"), answered, refused);

        int Count(string name) => int.Parse(last[Array.IndexOf(names, name)], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        if (!_sipp.HasExited)
        {
            _sipp.Kill();
        }

        _sipp.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>How the calls went.</summary>
    /// <param name="Created">Calls that were begun.</param>
    /// <param name="AsItShould">Those that went to their end, or were refused with 503.</param>
    /// <param name="Failed">Everything else: other refusals, silence, calls that broke.</param>
    /// <param name="Answered">When each answer came, since the start, and how many milliseconds after its INVITE.</param>
    /// <param name="Refused">Likewise each 503.</param>
    internal sealed record Outcome(
        int Created, int AsItShould, int Failed, IReadOnlyList<(TimeSpan At, double Milliseconds)> Answered, IReadOnlyList<(TimeSpan At, double Milliseconds)> Refused);
}
