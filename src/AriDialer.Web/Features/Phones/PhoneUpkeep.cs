using AriDialer.Ari;
using AriDialer.Calls.Stasis;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Security;
using Microsoft.Data.Sqlite;

namespace AriDialer.Web.Features.Phones;

/// <summary>
/// Pushes every phone after each (re)connect to Asterisk, withdraws the ones that have run out, and keeps the dialplan told of the
/// numbers of teams.
/// </summary>
internal sealed partial class PhoneUpkeep(
    AsteriskLink link,
    PhoneSessions sessions,
    DeskPhones desks,
    TeamBook teams,
    PhonePushes pushes,
    OpenConnections connections,
    TimeProvider time,
    ILogger<PhoneUpkeep> log)
    : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private volatile bool _isNewAsterisk;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        link.Changed += connected =>
        {
            if (connected)
            {
                _isNewAsterisk = true;
                pushes.RoundIsDue();
            }
        };
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await pushes.WaitForRoundAsync(Round, time, stoppingToken);
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is AriException or HttpRequestException or SqliteException)
            {
                LogFailed(e);
                await Task.Delay(RetryAfter, time, stoppingToken);
                pushes.RoundIsDue();
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var signInId in await sessions.CloseExpiredAsync(cancellationToken))
        {
            await connections.EndPhonesAsync(signInId);
        }

        if (!link.IsConnected)
            return;

        if (_isNewAsterisk)
        {
            _isNewAsterisk = false;
            try
            {
                await sessions.PushAllAsync(cancellationToken);
                await desks.ReconcileAsync(isNewAsterisk: true, cancellationToken);
            }
            catch
            {
                _isNewAsterisk = true;
                throw;
            }
        }

        await sessions.RemoveWithdrawnAsync(cancellationToken);
        await desks.ReconcileAsync(isNewAsterisk: false, cancellationToken);
        await pushes.SetTeamsAsync(await teams.MembersByNumberAsync(cancellationToken), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Phones could not be brought into Asterisk; trying again")]
    private partial void LogFailed(Exception e);
}
