using AriDialer.Ari;
using AriDialer.Testing;

namespace AriDialer.Web.Tests.Deployment;

/// <summary>
/// Calls an extension from inside Asterisk and tells how that ended, as the side that called sees it: the status and the
/// Q.850 cause. An answered call is hung up after a second.
/// </summary>
internal static class Probe
{
    internal const string Dialplan = """
        [probe-caller]
        exten => s,1,Dial(Local/${PROBE_NUMBER}@${PROBE_CONTEXT},6,gS(1))
         same => n,Set(GLOBAL(PROBE_RESULT)=${DIALSTATUS} ${HANGUPCAUSE})
         same => n,Hangup()
        [probe-phone]
        exten => s,1,Answer()
         same => n,Wait(5)
        """;

    internal static AriClient Client(RealAsterisk asterisk) =>
        new(new AriOptions { Url = asterisk.AriUrl, Username = asterisk.Username, Password = asterisk.Password, App = "probe" });

    internal static async Task<string> CallAsync(RealAsterisk asterisk, string context, string number, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(25));
        using var ari = Client(asterisk);
        await ari.Asterisk.SetGlobalVarAsync("PROBE_NUMBER", number, limit.Token);
        await ari.Asterisk.SetGlobalVarAsync("PROBE_CONTEXT", context, limit.Token);
        await ari.Asterisk.SetGlobalVarAsync("PROBE_RESULT", "", limit.Token);
        await ari.Channels.OriginateAsync("Local/s@probe-caller", extension: "s", context: "probe-phone", cancellationToken: limit.Token);
        while (true)
        {
            var result = (await ari.Asterisk.GetGlobalVarAsync("PROBE_RESULT", limit.Token)).Value;
            if (result.Length > 0)
                return result;
            await Task.Delay(50, limit.Token);
        }
    }
}
