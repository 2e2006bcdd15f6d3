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
    private Process? _process;

    private WebApp(RealAsterisk asterisk, Dictionary<string, string> settings)
    {
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

    public bool IsRunning => _process is { HasExited: false };

    public static async Task<WebApp> StartAsync(RealAsterisk asterisk, Dictionary<string, string> settings)
    {
        var app = new WebApp(asterisk, settings);
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
        var start = new ProcessStartInfo("/bin/sh", ["-c", BoundToInput, "sh", dll])
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
