using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using System.Text.RegularExpressions;
using AriDialer.EndToEnd.House;

namespace AriDialer.EndToEnd.Sip;

/// <summary>One SIPp process that plays a scenario, once or many times. It always ends: by itself, by its time, or with the test.</summary>
internal sealed partial class SippRun : IAsyncDisposable
{
    private static readonly string Scenarios = Path.Combine(AppContext.BaseDirectory, "Sip", "Scenarios");
    private readonly string _folder = Directory.CreateTempSubdirectory("aridialer-sipp-").FullName;
    private readonly Output _output = new();
    private readonly Process _process;

    /// <param name="scenario">The name of a file in Scenarios.</param>
    /// <param name="port">Where it listens and sends from.</param>
    /// <param name="remotePort">Where it calls; null for a scenario that is called.</param>
    /// <param name="plan">How often, how fast, how long.</param>
    /// <param name="values">What stands for the {names} in the scenario.</param>
    public SippRun(string scenario, int port, int? remotePort, SippPlan? plan = null, params (string Key, string Value)[] values)
    {
        plan ??= new SippPlan();
        List<string> arguments =
        [
            "-sf", Fill(scenario, values), "-i", plan.Address, "-p", $"{port}", "-nostdin", "-skip_rlimit",
            "-m", $"{plan.Calls}", "-l", $"{plan.AtOnce}", "-r", $"{plan.PerSecond}", "-timeout", $"{plan.Limit.TotalSeconds:F0}s", "-timeout_error",
            "-trace_stat", "-stf", StatisticsFile, "-fd", "1", "-trace_err", "-error_file", Path.Combine(_folder, "errors"),
            "-trace_rtt", "-rtt_freq", "1", "-trace_logs", "-log_file", LogFile,
        ];
        if (plan.KeepsMessages)
            arguments.AddRange(["-trace_msg", "-message_file", MessagesFile]);
        if (remotePort is { } remote)
            arguments.Add($"127.0.0.1:{remote}");
        _process = Process.Start(new ProcessStartInfo("sipp", arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TERM"] = "dumb" },
        })!;
        _output.Follow(_process);
        if (remotePort is null)
            WaitForPort(port);
    }

    /// <summary>Every SIP message that it sent or got, as text.</summary>
    public string Messages => Read(MessagesFile);

    public SippStatistics Statistics => SippStatistics.Read(Read(StatisticsFile));

    /// <summary>What the scenario has logged, a line each.</summary>
    public IReadOnlyList<string> Log => Read(LogFile).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The response times of this name in its scenario: when each was taken, since the start, and how long it was.</summary>
    public IReadOnlyList<(TimeSpan At, TimeSpan Took)> Times(string name) =>
    [
        .. Read(Directory.GetFiles(_folder, "*_rtt.csv").SingleOrDefault() ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(';')).Where(row => row[2].Trim('"') == name).Select(row => (Milliseconds(row[0]), Milliseconds(row[1]))),
    ];

    /// <summary>Called when it is disposed of and has begun a call but not ended it as its scenario says.</summary>
    public Action? WentDead { get; init; }

    public bool IsRunning => !_process.HasExited;

    private string StatisticsFile => Path.Combine(_folder, "statistics");

    private string LogFile => Path.Combine(_folder, "log");

    private string MessagesFile => Path.Combine(_folder, "messages");

    /// <summary>What went wrong, for the message of a failed test.</summary>
    public string Story => $"{Read(Path.Combine(_folder, "errors"))}\n{Messages}\n{_output}";

    /// <summary>Waits until a message with this text has come or gone.</summary>
    public Task SeesAsync(string text) => Eventually.TrueAsync(
        () => Task.FromResult(Messages.Contains(text, StringComparison.Ordinal)), () => $"SIPp has not seen '{text}':\n{Story}");

    /// <summary>Where the other side of the only call wants its sound.</summary>
    public int MediaPortOffered() =>
        int.Parse(MediaLine().Matches(Messages).Select(match => match.Groups[1].Value).First(), CultureInfo.InvariantCulture);

    /// <summary>Waits for its end; every call must have gone as the scenario says.</summary>
    public async Task<SippStatistics> SucceedsAsync()
    {
        await _process.WaitForExitAsync();
        Assert.True(_process.ExitCode == 0, $"SIPp ended with {_process.ExitCode}:\n{Story}");
        var statistics = Statistics;
        Assert.Equal(0, statistics.Failed);
        return statistics;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        if (_process.ExitCode != 0 && Messages.Length > 0)
            WentDead?.Invoke();
        TestContext.Current.TestOutputHelper?.WriteLine(Story);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // SIPp's own keywords stand in messages only; a status to expect or a pause cannot be one.
    private string Fill(string scenario, IEnumerable<(string Key, string Value)> values)
    {
        var text = values.Aggregate(File.ReadAllText(Path.Combine(Scenarios, scenario + ".xml")),
            (filled, value) => filled.Replace($"{{{value.Key}}}", value.Value, StringComparison.Ordinal));
        var file = Path.Combine(_folder, scenario + ".xml");
        File.WriteAllText(file, text);
        return file;
    }

    [GeneratedRegex("^m=audio ([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex MediaLine();

    // Who is called before they listen is not there at all: the kernel says so at once.
    private void WaitForPort(int port) => Assert.True(
        SpinWait.SpinUntil(
            () => !IsRunning || IPGlobalProperties.GetIPGlobalProperties().GetActiveUdpListeners().Any(listener => listener.Port == port),
            TimeSpan.FromSeconds(5)),
        $"SIPp does not listen:\n{Story}");

    private static TimeSpan Milliseconds(string text) => TimeSpan.FromMilliseconds(double.Parse(text, CultureInfo.InvariantCulture));

    private static string Read(string file)
    {
        if (!File.Exists(file))
            return "";
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>How much SIPp does.</summary>
internal sealed record SippPlan(int Calls = 1, int AtOnce = 1, int PerSecond = 10)
{
    /// <summary>Where it sends from: Asterisk knows the trunk by its address.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Whether it writes down all that it sends and gets; a load is too much for that.</summary>
    public bool KeepsMessages { get; init; } = true;

    /// <summary>After this it ends with an error.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(40);
}
