using System.Diagnostics;
using AriDialer.Testing;

namespace AriDialer.EndToEnd.House;

/// <summary>The web app as a process of its own, which can be killed and started again on the same data.</summary>
internal sealed class WebApp : IAsyncDisposable
{
    // Ends the app when this test process ends, however that happens: its standard input closes then.
    private const string BoundToInput =
        "exec 3<&0; (read -r _ <&3 || kill -9 $$) >/dev/null 2>&1 & exec dotnet \"$1\" </dev/null 3<&-";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly string _data = Directory.CreateTempSubdirectory("aridialer-web-").FullName;
    private readonly Output _output = new();
    private readonly int? _diskBytes;
    private Process? _process;

    private WebApp(RealAsterisk asterisk, Dictionary<string, string> settings, int? diskBytes)
    {
        _diskBytes = diskBytes;
        Settings = new Dictionary<string, string>(settings)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            // It is started often and lives for minutes: compiling again what ran before would take a core for ten seconds each time.
            ["DOTNET_TieredPGO"] = "0",
            ["ASPNETCORE_URLS"] = Url.ToString(),
            ["Data__Directory"] = _data,
            ["Asterisk__Url"] = asterisk.AriUrl.ToString(),
            ["Asterisk__Username"] = asterisk.Username,
            ["Asterisk__PasswordFile"] = asterisk.PasswordFile,
        };
    }

    public Uri Url { get; } = new($"http://127.0.0.1:{FreePorts.Take()}");

    /// <summary>What it is started with, from its next start on.</summary>
    public Dictionary<string, string> Settings { get; }

    /// <summary>Where it keeps all that it keeps.</summary>
    public string DataDirectory => _data;

    public string Log => _output.ToString();

    public int ProcessId => _process!.Id;

    public bool IsRunning => _process is { HasExited: false };

    /// <param name="asterisk">Its Asterisk.</param>
    /// <param name="settings">What it is started with.</param>
    /// <param name="diskBytes">How much the disk of its data holds, which only it sees then; null for the machine's own disk.</param>
    public static async Task<WebApp> StartAsync(RealAsterisk asterisk, Dictionary<string, string> settings, int? diskBytes = null)
    {
        var app = new WebApp(asterisk, settings, diskBytes);
        try
        {
            await app.StartAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, first or again, and waits until its database and its link to Asterisk stand.</summary>
    public async Task StartAsync()
    {
        var dll = WebDll();
        string[] shell = ["/bin/sh", "-c", BoundToInput, "sh", dll];
        if (_diskBytes is { } bytes)
            shell = ["unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", $"mount -t tmpfs -o size={bytes} tmpfs '{_data}' && {BoundToInput}", "sh", dll];
        var start = new ProcessStartInfo(shell[0], shell[1..])
        {
            WorkingDirectory = RepositoryRoot.File("src", "AriDialer.Web"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("ARIDIALER_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _output.Follow(_process);
        await ReadyAsync(_process);
    }

    /// <summary>Ends it as a crash would: SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        await process.StandardInput.WriteLineAsync();
        process.Dispose();
    }

    /// <summary>Asks it to end, as a deploy does: SIGTERM. Returns how long it took.</summary>
    public async Task<TimeSpan> TerminateAsync()
    {
        var process = _process!;
        _process = null;
        var start = Stopwatch.GetTimestamp();
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        var took = Stopwatch.GetElapsedTime(start);
        await process.StandardInput.WriteLineAsync();
        process.Dispose();
        return took;
    }

    /// <summary>Fills its own disk to the last byte.</summary>
    public Task FillDiskAsync() => InsideAsync($"dd if=/dev/zero of={_data}/filling bs=4k 2>/dev/null; dd if=/dev/zero bs=1 count=4096 2>/dev/null >>{_data}/filling; true");

    /// <summary>And makes room again.</summary>
    public Task EmptyDiskAsync() => InsideAsync($"rm {_data}/filling");

    private async Task InsideAsync(string command)
    {
        using var inside = Process.Start("nsenter", ["--target", $"{_process!.Id}", "--mount", "/bin/sh", "-c", command]);
        await inside.WaitForExitAsync();
        Assert.Equal(0, inside.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_data, recursive: true);
    }

    private async Task ReadyAsync(Process process)
    {
        using var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < StartLimit && !process.HasExited;)
        {
            try
            {
                using var answer = await http.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }
            await Task.Delay(50);
        }
        throw new InvalidOperationException($"The web app did not get ready:\n{Log}");
    }

    // The app's own output folder, not its copy beside the tests: that is what is shipped.
    private static string WebDll()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var dll = RepositoryRoot.File("src", "AriDialer.Web", "bin", configuration, "net10.0", "AriDialer.Web.dll");
        var bundle = RepositoryRoot.File("src", "AriDialer.Web", "wwwroot", "dist", "app.js");
        return !File.Exists(dll) ? throw new InvalidOperationException($"{dll} is not built.")
            : !File.Exists(bundle) ? throw new InvalidOperationException("The pages' scripts are not built: npm ci && npm run build in wwwroot-assets.")
            : dll;
    }
}
