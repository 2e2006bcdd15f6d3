namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>Keeps what is watched for at hand: from the start on, and as teams get other members.</summary>
internal sealed partial class KeywordKeeper(KeywordWatch watch, TimeProvider time, ILogger<KeywordKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, time);
        do
        {
            try
            {
                await watch.ReloadAsync(stoppingToken);
            }
            // A database that is away for a moment must not end the application: what was watched for still is.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotRead(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is watched for in calls could not be read anew")]
    private partial void LogNotRead(Exception e);
}
