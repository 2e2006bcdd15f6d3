using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace AriDialer.Testing;

/// <summary>
/// A real Asterisk on loopback, started by the script that ./run uses, with the shipped configuration and directories of
/// its own. Ends with the test, also when the test's process is killed: the script watches its standard input.
/// </summary>
public sealed class RealAsterisk : IAsyncDisposable
{
    public const string User = "aridialer";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly string _data = Directory.CreateTempSubdirectory("aridialer-asterisk-").FullName;
    private readonly bool _demo;
    private readonly StringBuilder _output = new();
    private Process? _process;

    private RealAsterisk(bool demo) => _demo = demo;

    public int SipPort { get; } = FreePorts.Take();

    public int HttpPort { get; } = FreePorts.Take();

    public Uri AriUrl => new($"http://127.0.0.1:{HttpPort}");

    public string Username => User;

    public string Password => File.ReadAllText(PasswordFile).Trim();

    public string PasswordFile => Path.Combine(_data, "secrets", "ari-password");

    /// <summary>Asterisk's own directories: etc, log, spool, custom, …</summary>
    public string Directories => Path.Combine(_data, "asterisk");

    /// <summary>Starts one and waits until ARI answers.</summary>
    /// <param name="demo">Whether the pretend telephone network of the demo is in the dialplan.</param>
    /// <param name="dialplan">Contexts of the test's own, in the form of extensions.conf.</param>
    /// <param name="cancellationToken">Gives up waiting; what was started is ended.</param>
    public static async Task<RealAsterisk> StartAsync(bool demo = true, string? dialplan = null,
        CancellationToken cancellationToken = default)
    {
        var asterisk = new RealAsterisk(demo);
        if (dialplan is not null)
        {
            var custom = Directory.CreateDirectory(Path.Combine(asterisk.Directories, "custom")).FullName;
            await File.WriteAllTextAsync(Path.Combine(custom, "extensions.conf"), dialplan, cancellationToken);
        }
        try
        {
            await asterisk.LaunchAsync(cancellationToken);
            return asterisk;
        }
        catch
        {
            await asterisk.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command of Asterisk's console and returns what it printed.</summary>
    public async Task<string> CliAsync(string command, CancellationToken cancellationToken = default)
    {
        using var process = Process.Start(Script("cli", "--data", _data, command))!;
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"'{command}' failed: {output}{await process.StandardError.ReadToEndAsync(cancellationToken)}");
    }

    /// <summary>Ends it as a crash would: nobody is told.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        await PortClosedAsync();
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>, or kills it first: same ports, same password.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await KillAsync();
        await LaunchAsync(cancellationToken);
    }

    /// <summary>True until it is killed, or has ended by itself.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>What it has logged: for the message of a failed test.</summary>
    public string ReadLog()
    {
        var log = Path.Combine(Directories, "log", "messages");
        return (File.Exists(log) ? File.ReadAllText(log) : "no log yet") + _output;
    }

    /// <summary>The process of Asterisk itself, inside the namespaces that its script made.</summary>
    public int ProcessId => DescendantOf(_process!.Id);

    /// <summary>Gives its recordings a disk of their own that is full after so many bytes, until the result is disposed.</summary>
    public SmallDisk RecordOnSmallDisk(int bytes) => SmallDisk.Mount(
        ProcessId, Path.Combine(RepositoryRoot.File(".local", "asterisk-root"), "aridialer", "spool", "recording"), bytes);

    // The script's only descendant of that name, in its namespaces.
    private static int DescendantOf(int parent)
    {
        foreach (var child in File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var found = File.ReadAllText($"/proc/{child}/comm").Trim() == "asterisk" && !File.ReadAllText($"/proc/{child}/cmdline").Contains("scripts", StringComparison.Ordinal)
                ? int.Parse(child, System.Globalization.CultureInfo.InvariantCulture)
                : DescendantOf(int.Parse(child, System.Globalization.CultureInfo.InvariantCulture));
            if (found != 0)
                return found;
        }

        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            // The script ends Asterisk when its standard input closes.
            _process = null;
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Directory.Delete(_data, recursive: true);
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        string[] demo = _demo ? ["--demo"] : [];
        _process = Process.Start(Script(["start", "--data", _data, "--sip-port", $"{SipPort}", "--http-port", $"{HttpPort}",
            "--until-stdin-closes", .. demo]))!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ReadyAsync(_process, cancellationToken);
    }

    private async Task ReadyAsync(Process process, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = AriUrl, Timeout = TimeSpan.FromSeconds(5) };
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < StartLimit;)
        {
            if (process.HasExited)
                break;
            if (File.Exists(PasswordFile) && await PingAsync(http, cancellationToken))
                return;
            await Task.Delay(50, cancellationToken);
        }
        throw new InvalidOperationException($"Asterisk did not start:\n{ReadLog()}");
    }

    private async Task<bool> PingAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Username}:{Password}"));
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
            using var answer = await http.GetAsync("/ari/asterisk/ping", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task PortClosedAsync()
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < StartLimit;)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, HttpPort);
                await Task.Delay(10);
            }
            catch (SocketException)
            {
                return;
            }
        }
        throw new InvalidOperationException($"Asterisk lives on after its namespace was killed:\n{ReadLog()}");
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }

    private static ProcessStartInfo Script(params string[] arguments) =>
        new(RepositoryRoot.File("scripts", "asterisk"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
}
