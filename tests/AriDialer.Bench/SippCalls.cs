using System.Diagnostics;
using System.Globalization;
using AriDialer.Testing;

namespace AriDialer.Bench;

/// <summary>Calls from SIPp to SIPp, whose sound comes and goes elsewhere: each side of each has a port of its own.</summary>
internal sealed class SippCalls : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aridialer-bench-").FullName;
    private readonly Process _called;
    private readonly Process _calls;

    /// <param name="asteriskPort">Where Asterisk takes SIP.</param>
    /// <param name="trunkPort">Where its trunk leads.</param>
    /// <param name="ports">Where the sound of each side goes, two a call.</param>
    /// <param name="talk">How long each call lasts.</param>
    internal SippCalls(int asteriskPort, int trunkPort, int[] ports, TimeSpan talk)
    {
        var calls = ports.Length / 2;
        var number = Text(calls);
        _called = Start("is-called-and-answers", ports.Take(calls), [("pause", "200")], "-p", Text(trunkPort), "-m", number);
        _calls = Start(
            "calls-and-hangs-up", ports.Skip(calls),
            [("number", "+12025550123"), ("caller", "+442079460123"), ("caller_name", "Bench"), ("pause", Text((int)talk.TotalMilliseconds))],
            "-p", Text(FreePorts.Take()), "-m", number, "-l", number, "-r", "5", $"127.0.0.1:{asteriskPort}");
    }

    /// <summary>What went otherwise than the scenario says.</summary>
    internal IEnumerable<string> Faults()
    {
        foreach (var (name, sipp) in new[] { ("calling", _calls), ("called", _called) })
        {
            if (!sipp.WaitForExit(TimeSpan.FromSeconds(10)) || sipp.ExitCode != 0)
            {
                yield return $"the {name} side of a call failed (SIPp {(sipp.HasExited ? Text(sipp.ExitCode) : "has not ended")})";
            }
        }
    }

    public void Dispose()
    {
        foreach (var sipp in new[] { _calls, _called })
        {
            if (!sipp.HasExited)
            {
                sipp.Kill();
            }

            sipp.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private Process Start(string scenario, IEnumerable<int> ports, (string Name, string Value)[] values, params string[] arguments)
    {
        var text = values.Append(("rtp_port", "[field0]")).Aggregate(
            File.ReadAllText(RepositoryRoot.File("tests", "AriDialer.EndToEnd", "Sip", "Scenarios", scenario + ".xml")),
            (filled, value) => filled.Replace($"{{{value.Item1}}}", value.Item2, StringComparison.Ordinal));
        var (file, fields) = (Path.Combine(_folder, scenario + ".xml"), Path.Combine(_folder, scenario + ".csv"));
        File.WriteAllText(file, text);
        File.WriteAllLines(fields, ports.Select(Text).Prepend("SEQUENTIAL"));
        var sipp = Process.Start(new ProcessStartInfo("sipp", ["-sf", file, "-inf", fields, "-i", "127.0.0.1", "-nostdin", "-skip_rlimit", "-timeout", "900", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TERM"] = "dumb" },
        }) ?? throw new InvalidOperationException("SIPp did not start. Is the package sip-tester installed?");
        sipp.OutputDataReceived += (_, _) => { };
        sipp.ErrorDataReceived += (_, _) => { };
        sipp.BeginOutputReadLine();
        sipp.BeginErrorReadLine();
        return sipp;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
