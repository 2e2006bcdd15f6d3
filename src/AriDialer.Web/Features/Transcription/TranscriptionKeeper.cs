using AriDialer.Web.Features.Shared;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription;

/// <summary>
/// Has a transcript made of each recording that has none: the newest first, and as many at a time as there may be decoders, as listening
/// takes a whole core.
/// </summary>
internal sealed partial class TranscriptionKeeper(
    TranscriptMaker maker, IOptions<TranscriptOptions> options, IOptions<TranscriptionEngineOptions> engines, ILogger<TranscriptionKeeper> log)
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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => options.Value.Enabled
        ? SideBySide.RunAsync(Enumerable.Repeat<Func<CancellationToken, Task>>(MakeAsync, engines.Value.Decoders), stoppingToken)
        : Task.CompletedTask;

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await MakeAllAsync(cancellationToken);
            await _work.WaitAsync(Round, cancellationToken);
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
