namespace AriDialer.Web.Features.Transcription.Summaries;

/// <summary>Has a summary made of each new transcript, where a model is set up: one at a time, as soon as the transcript is there.</summary>
internal sealed partial class SummaryKeeper(SummaryMaker maker, ILogger<SummaryKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _work = new(0);

    /// <summary>There is something to do: it looks at once, and not only in the next round.</summary>
    public void Hurry() => _work.Release();

    public override void Dispose()
    {
        _work.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await MakeAllAsync(stoppingToken);
            await _work.WaitAsync(Round, stoppingToken);
        }
    }

    private async Task MakeAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await maker.MakeNextAsync(cancellationToken))
            {
            }
        }
        // A database that is away must not end the application.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotMade(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Summaries could not be made; trying again in the next round")]
    private partial void LogNotMade(Exception e);
}
