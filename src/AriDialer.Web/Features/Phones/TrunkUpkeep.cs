using AriDialer.Ari;
using AriDialer.Calls.Provisioning;
using AriDialer.Calls.Stasis;
using AriDialer.Web.Features.Dialing;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Phones;

/// <summary>Pushes the trunk into Asterisk after each (re)connect, and tells the dialplan the way out for when AriDialer is away.</summary>
internal sealed partial class TrunkUpkeep(
    AsteriskLink link, Provisioner provisioner, IOptions<TrunkOptions> options, TimeProvider time, ILogger<TrunkUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _connected = new(0);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        link.Changed += connected =>
        {
            if (connected)
                _connected.Release();
        };
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _connected.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _connected.WaitAsync(stoppingToken);
            try
            {
                await PushAsync(stoppingToken);
            }
            catch (Exception e) when (e is AriException or HttpRequestException)
            {
                LogFailed(e);
                await Task.Delay(RetryAfter, time, stoppingToken);
                if (link.IsConnected)
                    _connected.Release();
            }
        }
    }

    private async Task PushAsync(CancellationToken cancellationToken)
    {
        var trunk = options.Value;
        if (!string.IsNullOrEmpty(trunk.Host))
        {
            await provisioner.PutTrunkAsync(
                new TrunkEndpoint(trunk.Host, trunk.Username, trunk.Password, trunk.Register), cancellationToken);
        }

        await provisioner.SetTrunkFallbackAsync(trunk.DialString, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The trunk could not be brought into Asterisk; trying again")]
    private partial void LogFailed(Exception e);
}
