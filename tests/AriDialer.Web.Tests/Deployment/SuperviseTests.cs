using System.Diagnostics;
using AriDialer.Testing;

namespace AriDialer.Web.Tests.Deployment;

/// <summary>What ./run does where Asterisk or the web app ends again and again. Each pause is a second on the shell's clock, and none on ours.</summary>
public sealed class SuperviseTests
{
    private const string Stand = """
        set -euo pipefail
        repository=$PWD data=/data foreign_asterisk='' webs=0 asterisks=0
        source scripts/say.sh
        source scripts/supervise.sh
        alive() { [[ $1 == up ]]; }
        start_web() { webs=$((webs + 1)); }
        start_asterisk() { asterisks=$((asterisks + 1)); }
        pause() { SECONDS=$((SECONDS + 1)); ((SECONDS < 600)) || { echo "web $webs, Asterisk $asterisks"; exit 0; }; }
        """;

    [Fact]
    public async Task WebApp_EndsAgainAndAgain_IsStartedEachHalfMinute_AndAsteriskGoesOn() =>
        Assert.Matches("^web (1[5-9]|2[0-9]), Asterisk 0$", await SuperviseAsync("asterisk_pid=up web_pid=down", status: 0));

    [Fact]
    public async Task Asterisk_EndsAgainAndAgain_IsGivenUp() =>
        Assert.Contains("Asterisk ended five times within a minute", await SuperviseAsync("asterisk_pid=down web_pid=up", status: 1), StringComparison.Ordinal);

    [Fact]
    public async Task Asterisk_EndsWhileTheWebAppIsWaitedFor_IsStartedMeanwhile() =>
        Assert.Matches(
            "Asterisk 1$",
            await SuperviseAsync("asterisk_pid=up web_pid=down; start_web() { asterisk_pid=down; }; start_asterisk() { asterisk_pid=up; asterisks=$((asterisks + 1)); web_pid=up; }", status: 0));

    private static async Task<string> SuperviseAsync(string state, int status)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"{Stand}\n{state}\nsupervise"])
        {
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (said, complained) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(shell.ExitCode == status, await complained);
        return status == 0 ? (await said).Trim() : await complained;
    }
}
