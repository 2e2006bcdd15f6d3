using AriDialer.Testing;

namespace AriDialer.Web.Tests.Deployment;

public sealed class AsteriskStartTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asterisk_Started_LogsNoErrorAndNoWarning()
    {
        await using var asterisk = await RealAsterisk.StartAsync(cancellationToken: Cancel);

        Assert.Contains("System uptime", await asterisk.CliAsync("core show uptime", Cancel), StringComparison.Ordinal);
        Assert.DoesNotMatch("WARNING|ERROR", asterisk.ReadLog());
    }

    [Fact]
    public async Task Asterisk_Started_ListensOnLoopbackOnly()
    {
        await using var asterisk = await RealAsterisk.StartAsync(cancellationToken: Cancel);

        var transports = await asterisk.CliAsync("pjsip show transports", Cancel);
        Assert.Matches($@"transport-udp +udp .* 127\.0\.0\.1:{asterisk.SipPort}", transports);
        Assert.Matches($@"transport-tcp +tcp .* 127\.0\.0\.1:{asterisk.SipPort}", transports);
        Assert.Contains($"127.0.0.1:{asterisk.HttpPort}", await asterisk.CliAsync("http show status", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asterisk_KilledAndRestarted_AnswersAtTheSamePortsWithTheSamePassword()
    {
        await using var asterisk = await RealAsterisk.StartAsync(demo: false, cancellationToken: Cancel);
        var password = asterisk.Password;

        await asterisk.RestartAsync(Cancel);

        Assert.Equal(password, asterisk.Password);
        Assert.Contains("System uptime", await asterisk.CliAsync("core show uptime", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asterisk_Ended_LeavesNoProcessMountOrFile()
    {
        string directories;
        await using (var asterisk = await RealAsterisk.StartAsync(demo: false, cancellationToken: Cancel))
            directories = asterisk.Directories;

        Assert.False(Directory.Exists(directories));
        Assert.DoesNotContain(directories, await File.ReadAllTextAsync("/proc/self/mountinfo", Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain(CommandLines(), line => line.Contains(directories, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dialplan_InADemoOrNot_HasThePretendNetworkInADemoOnly()
    {
        await using var demo = await RealAsterisk.StartAsync(demo: true, cancellationToken: Cancel);
        await using var real = await RealAsterisk.StartAsync(demo: false, cancellationToken: Cancel);

        Assert.Contains("aridialer-demo-network", await demo.CliAsync("dialplan show", Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("aridialer-demo", await real.CliAsync("dialplan show", Cancel), StringComparison.Ordinal);
    }

    private static List<string> CommandLines()
    {
        List<string> lines = [];
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(p => int.TryParse(Path.GetFileName(p), out _)))
        {
            try
            {
                lines.Add(File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' '));
            }
            catch (IOException)
            {
                // It ended between the listing and the reading.
            }
        }
        return lines;
    }
}
