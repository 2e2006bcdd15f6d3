using AriDialer.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>How far it is; <see cref="EndedAt"/> is null while it goes on.</summary>
internal sealed record ReviewState(int Total, int Done, int Failed, DateTimeOffset? EndedAt);

/// <summary>Looks through all transcripts again when somebody wants it, the newest first, a transcript at a time.</summary>
internal sealed partial class KeywordReview(
    IDbContextFactory<AppDbContext> databases, KeywordFlags flags, TimeProvider time, ILogger<KeywordReview> log) : BackgroundService
{
    private readonly SemaphoreSlim _wanted = new(0, 1);
    private volatile ReviewState? _state;

    /// <summary>Null where nobody has wanted it since the application began.</summary>
    public ReviewState? State => _state;

    /// <summary>Begins; where it goes on already, nothing more is done.</summary>
    public void Begin()
    {
        lock (_wanted)
        {
            if (_state is { EndedAt: null })
                return;

            _state = new ReviewState(0, 0, 0, null);
            _wanted.Release();
        }
    }

    public override void Dispose()
    {
        _wanted.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _wanted.WaitAsync(stoppingToken);
            var state = await RunAsync(stoppingToken);
            _state = state with { EndedAt = time.GetUtcNow() };
            LogDone(state.Done, state.Failed);
        }
    }

    private async Task<ReviewState> RunAsync(CancellationToken cancellationToken)
    {
        var state = new ReviewState(0, 0, 0, null);
        List<string> ids = [];
        if (!await TryAsync(async () => ids = await FindAsync(cancellationToken), cancellationToken))
            return state with { Failed = 1 };

        foreach (var id in ids)
        {
            _state = state = state with { Total = ids.Count };
            var isDone = await TryAsync(() => flags.RenewAsync(id, cancellationToken), cancellationToken);
            state = isDone ? state with { Done = state.Done + 1 } : state with { Failed = state.Failed + 1 };
        }

        return state;
    }

    private async Task<List<string>> FindAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Transcripts.Where(transcript => transcript.Stage == TranscriptStage.Ready)
            .OrderByDescending(transcript => transcript.MadeAt).Select(transcript => transcript.RecordingId).ToListAsync(cancellationToken);
    }

    // One that fails does not keep the others from being looked through.
    private async Task<bool> TryAsync(Func<Task> what, CancellationToken cancellationToken)
    {
        try
        {
            await what();
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Transcripts} transcripts were looked through for keywords; {Failed} could not be")]
    private partial void LogDone(int transcripts, int failed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A transcript could not be looked through for keywords")]
    private partial void LogFailed(Exception e);
}
