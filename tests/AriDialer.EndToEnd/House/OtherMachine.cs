using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace AriDialer.EndToEnd.House;

/// <summary>
/// A machine of its own for a browser: a network namespace with two links to this machine, of which one is up at first. Everything
/// here is real to the browser: addresses come and go, and what is cut stays open on the far side.
/// </summary>
internal sealed class OtherMachine : IAsyncDisposable
{
    private const string Nobody = "02:00:00:00:00:99";
    private const string Names = "ari-";
    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"{Names}{Environment.ProcessId}");
    private readonly string _net = string.Create(CultureInfo.InvariantCulture, $"198.18.{Environment.ProcessId % 250}");
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("aridialer-machine-");
    private TcpRelay? _relay;

    private OtherMachine()
    {
    }

    /// <summary>Where a browser there finds the web app: an address of this machine.</summary>
    public Uri Url => new($"http://{Here(0)}:{_relay!.Port}");

    /// <summary>Runs the browser there; it is spoken to through pipes, which know no networks.</summary>
    public string Chromium => Path.Combine(_files.FullName, "chromium");

    /// <summary>Makes it, with its first link up, and the web app within its reach.</summary>
    public static async Task<OtherMachine> ConnectAsync(Uri app)
    {
        var machine = new OtherMachine();
        try
        {
            await machine.MakeAsync(app);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes a link down as the person would: the machine itself sees that its address is gone.</summary>
    public Task TakeDownAsync(int link) => ThereAsync("link", "set", $"{_name}-{link}", "down");

    /// <summary>Brings a link up, and all goes by it where it is the only one.</summary>
    public async Task BringUpAsync(int link)
    {
        await ThereAsync("link", "set", $"{_name}-{link}", "up");
        await ThereAsync("route", "replace", "default", "via", $"{Here(link)}", "metric", $"{100 + link}");
    }

    /// <summary>Cuts a link so that neither end sees it: what is sent reaches nobody.</summary>
    public async Task CutAsync(int link)
    {
        await ThereAsync("neigh", "replace", $"{Here(link)}", "lladdr", Nobody, "dev", $"{_name}-{link}", "nud", "permanent");
        await IpAsync("neigh", "replace", $"{There(link)}", "lladdr", Nobody, "dev", $"{_name}-{link}h", "nud", "permanent");
    }

    /// <summary>Where it is, packets go nowhere (UDP), as behind the firewall of a hotel; connections (TCP) go on.</summary>
    public Task LetNoPacketsOutAsync() => ThereAsync("rule", "add", "ipproto", "udp", "blackhole");

    public Task LetPacketsOutAsync() => ThereAsync("rule", "del", "ipproto", "udp", "blackhole");

    public async Task MendAsync(int link)
    {
        await ThereAsync("neigh", "del", $"{Here(link)}", "dev", $"{_name}-{link}");
        await IpAsync("neigh", "del", $"{There(link)}", "dev", $"{_name}-{link}h");
    }

    public async ValueTask DisposeAsync()
    {
        if (_relay is { } relay)
        {
            _relay = null;
            await relay.DisposeAsync();
        }

        // Its links go with it; those whose other end is still held by a process there go with this end.
        await TryAsync("link", "del", $"{_name}-0h");
        await TryAsync("link", "del", $"{_name}-1h");
        await TryAsync("netns", "del", _name);
        _files.Refresh();
        if (_files.Exists)
            _files.Delete(recursive: true);
    }

    private async Task MakeAsync(Uri app)
    {
        await SweepAsync();
        await IpAsync("netns", "add", _name);
        await ThereAsync("link", "set", "lo", "up");
        for (var link = 0; link < 2; link++)
        {
            await IpAsync("link", "add", $"{_name}-{link}h", "type", "veth", "peer", "name", $"{_name}-{link}", "netns", _name);
            await IpAsync("addr", "add", $"{Here(link)}/30", "dev", $"{_name}-{link}h");
            await IpAsync("link", "set", $"{_name}-{link}h", "up");
            await ThereAsync("addr", "add", $"{There(link)}/30", "dev", $"{_name}-{link}");
        }

        await BringUpAsync(0);
        _relay = new TcpRelay(Here(0), app);
        await File.WriteAllTextAsync(Chromium, $"#!/bin/sh\nexec ip netns exec {_name} /usr/bin/chromium \"$@\"\n");
        Assert.Equal("", await RunAsync("chmod", "700", Chromium));
    }

    // Test runs that were killed could not remove theirs.
    private static async Task SweepAsync()
    {
        if (!Directory.Exists("/run/netns"))
            return;
        foreach (var name in Directory.GetFiles("/run/netns", Names + "*").Select(path => Path.GetFileName(path)))
        {
            if (!Directory.Exists($"/proc/{name[Names.Length..]}"))
                await TryAsync("netns", "del", name);
        }
    }

    private IPAddress Here(int link) => IPAddress.Parse($"{_net}.{(4 * link) + 1}");

    private IPAddress There(int link) => IPAddress.Parse($"{_net}.{(4 * link) + 2}");

    private Task ThereAsync(params string[] arguments) => IpAsync(["-n", _name, .. arguments]);

    private static async Task IpAsync(params string[] arguments) => Assert.Equal("", await TryAsync(arguments));

    private static Task<string> TryAsync(params string[] arguments) => RunAsync("ip", arguments);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? "" : $"{program} {string.Join(' ', arguments)}: {said}";
    }
}
