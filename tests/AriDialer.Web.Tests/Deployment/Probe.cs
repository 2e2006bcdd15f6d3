using System.Text.RegularExpressions;
using AriDialer.Testing;

namespace AriDialer.Web.Tests.Deployment;

/// <summary>
/// Calls an extension from inside Asterisk and tells how it ended, as the side that called sees it. An answered call is hung
/// up after a second.
/// </summary>
internal static partial class Probe
{
    internal const string Dialplan = """
        [probe-caller]
        exten => _[-+0-9a-z]!,1,Dial(Local/${EXTEN}@${TARGET},3,gS(1))
         same => n,Set(GLOBAL(PROBE_DONE)=${DIALSTATUS} ${HANGUPCAUSE})
         same => n,Hangup()
        [probe-phone]
        exten => s,1,Answer()
         same => n,Wait(5)
        """;

    internal static async Task<string> CallAsync(RealAsterisk asterisk, string context, string number, CancellationToken cancellationToken)
    {
        await asterisk.CliAsync("dialplan set global PROBE_DONE no", cancellationToken);
        await asterisk.CliAsync($"dialplan set global TARGET {context}", cancellationToken);
        await asterisk.CliAsync($"channel originate Local/{number}@probe-caller application Wait 10", cancellationToken);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var match = Done().Match(await asterisk.CliAsync("dialplan show globals", cancellationToken));
            if (match.Success)
                return match.Groups[1].Value;
            await Task.Delay(100, cancellationToken);
        }
    }

    [GeneratedRegex(@"PROBE_DONE=([A-Z]+ \d+)")]
    private static partial Regex Done();
}
