using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace AriDialer.Web.Features.Transcription.Servers;

/// <summary>
/// How a server is asked that may fail: again after a pause where that may help, never for long, and for a while not at all where it fails
/// again and again.
/// </summary>
internal sealed class Patience
{
    // Of six and more attempts within a minute, half: one that fails for good is not enough.
    private const int LeastAttempts = 6;
    private const double MostFailures = 0.5;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly string _server;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _pipeline;
    private volatile Closed? _closed;

    public Patience(string server, TimeSpan timeout, ModelServerOptions options, TimeProvider time)
    {
        (_server, _time) = (server, time);
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.Attempts > 1)
        {
            pipeline.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Attempts - 1,
                Delay = options.Pause,
                MaxDelay = options.LongestPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = attempt => new(FaultOf(attempt.Outcome, attempt.Context) is { MayPass: true } fault && !(fault.Pause > options.LongestPause)),
                DelayGenerator = attempt => new(FaultOf(attempt.Outcome, attempt.Context)?.Pause),
            });
        }

        _pipeline = pipeline
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                MinimumThroughput = LeastAttempts,
                FailureRatio = MostFailures,
                SamplingDuration = Window,
                BreakDuration = options.Rest,
                ShouldHandle = attempt => new(FaultOf(attempt.Outcome, attempt.Context) is { IsTheServers: true }),
                OnOpened = opened =>
                {
                    _closed = new Closed(time.GetUtcNow() + opened.BreakDuration, SentenceOf(opened.Outcome.Exception!));
                    return default;
                },
                OnClosed = _ =>
                {
                    _closed = null;
                    return default;
                },
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = timeout })
            .Build();
    }

    /// <summary>Why it is left alone just now, in a sentence; null where it may be asked.</summary>
    public string? Problem => _closed is { } closed && closed.Until > _time.GetUtcNow() ? closed.Sentence : null;

    /// <exception cref="ModelServerException">It did not do it, however often it was asked.</exception>
    public async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(async token => await ask(token), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelServerException(e is BrokenCircuitException && _closed is { } closed ? closed.Sentence : SentenceOf(e));
        }
    }

    private string SentenceOf(Exception failure) => $"The {_server} {ServerFault.Of(failure, _time).Sentence}";

    private ServerFault? FaultOf<T>(Outcome<T> outcome, ResilienceContext context) =>
        outcome.Exception is { } failure && !context.CancellationToken.IsCancellationRequested ? ServerFault.Of(failure, _time) : null;

    private sealed record Closed(DateTimeOffset Until, string Sentence);
}
