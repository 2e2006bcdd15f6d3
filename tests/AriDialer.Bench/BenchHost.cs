using AriDialer.Ari;
using AriDialer.Calls;
using AriDialer.Calls.Provisioning;
using AriDialer.Calls.Routing;
using AriDialer.Calls.Stasis;
using AriDialer.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AriDialer.Bench;

/// <summary>The call engine as the application runs it; whoever calls is connected with the trunk.</summary>
internal static class BenchHost
{
    /// <summary>Starts one, and waits until it is connected.</summary>
    internal static async Task<IHost> StartAsync(RealAsterisk asterisk, int trunkPort, RecordingRule recording)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddAri(options =>
        {
            options.Url = asterisk.AriUrl;
            options.Username = asterisk.Username;
            options.Password = asterisk.Password;
            options.App = "aridialer";
        });
        builder.Services.AddCalls();
        builder.Services.AddSingleton<CallRouting>((request, _) => ValueTask.FromResult<RouteDecision>(new RingTargets(
            CallDirection.Outbound,
            CallParty.Unknown,
            new CallParty(null, request.Dialled, null),
            [new DialTarget($"PJSIP/+442079460111@{Provisioner.TrunkName}", "+12025550101", "", null)],
            TimeSpan.FromSeconds(20))
        {
            Recording = recording,
        }));
        var host = builder.Build();
        await host.StartAsync();
        var link = host.Services.GetRequiredService<AsteriskLink>();
        for (var i = 0; i < 100 && !link.IsConnected; i++)
        {
            await Task.Delay(100);
        }

        await host.Services.GetRequiredService<Provisioner>().PutTrunkAsync(new TrunkEndpoint($"127.0.0.1:{trunkPort}", null, null, Register: false));
        return host;
    }
}
