using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription;

/// <summary>Has a transcript made of each recording that has none: the newest first, and one at a time, as listening takes a whole core.</summary>
internal sealed partial class TranscriptionKeeper(TranscriptMaker maker, IOptions<TranscriptOptions> options, ILogger<TranscriptionKeeper> log)
    : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(15);

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
        while (options.Value.Enabled)
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
        // An engine that cannot even say how it is, or a database that is away, must not end the application.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotMade(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Transcripts could not be made; trying again in the next round")]
    private partial void LogNotMade(Exception e);
}
