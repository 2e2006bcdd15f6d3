using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace AriDialer.Web.Features.Transcription.Servers;

/// <summary>What went wrong with a server.</summary>
/// <param name="Sentence">In words for people, behind the server's name.</param>
/// <param name="MayPass">Asking once more may help.</param>
/// <param name="IsTheServers">It would be so with any other question, too.</param>
/// <param name="Pause">For how long the server asked to be left alone.</param>
internal sealed record ServerFault(string Sentence, bool MayPass, bool IsTheServers = true, TimeSpan? Pause = null)
{
    // The client reads as JSON whatever it gets, so nonsense fails in many ways.
    private static readonly ServerFault Nonsense = new("answered something that cannot be understood. Is its address right?", MayPass: true);

    public static ServerFault Of(Exception failure, TimeProvider time) => failure switch
    {
        BrokenCircuitException => new("has failed again and again, and is left alone for a moment.", MayPass: false),
        TimeoutRejectedException or TimeoutException or OperationCanceledException => new("did not answer in time.", MayPass: true),
        ClientResultException { Status: > 0 } refused => Of(refused, time),
        ModelRefusalException refused => Of(refused.Status, refused.IsQuota, PauseOf(refused.RetryAfter, time)),
        TooLongAnswerException => Nonsense,
        _ when IsConnection(failure) => new("cannot be reached.", MayPass: true),
        _ => Nonsense,
    };

    private static ServerFault Of(ClientResultException refused, TimeProvider time) =>
        Of(refused.Status, refused.Status == 429 && IsQuota(refused), PauseOf(refused.GetRawResponse(), time));

    private static ServerFault Of(int refusal, bool isQuota, TimeSpan? pause) => refusal switch
    {
        401 or 403 => new("refused the API key.", MayPass: false),
        404 => new("knows no such address or model.", MayPass: false),
        429 when isQuota => new("says that the account has nothing left to spend.", MayPass: false),
        429 => new("has too much to do.", MayPass: true, Pause: pause),
        408 or >= 500 => new($"is out of order ({refusal}).", MayPass: true, Pause: pause),
        >= 300 and < 400 => new("sends us to another address, where we don't go.", MayPass: false),
        < 300 => Nonsense,
        var status => new($"did not accept what it was sent ({status}).", MayPass: false, IsTheServers: false),
    };

    private static bool IsConnection(Exception failure) =>
        failure is HttpRequestException or SocketException or WebSocketException or IOException or ClientResultException || (failure.InnerException is { } inner && IsConnection(inner))
        || (failure is AggregateException several && several.InnerExceptions.Any(IsConnection));

    private static bool IsQuota(ClientResultException refused) =>
        refused.GetRawResponse()?.Content.ToString().Contains("insufficient_quota", StringComparison.Ordinal) == true;

    private static TimeSpan? PauseOf(PipelineResponse? answer, TimeProvider time) =>
        answer?.Headers.TryGetValue("Retry-After", out var wanted) == true ? PauseOf(wanted, time) : null;

    private static TimeSpan? PauseOf(string? wanted, TimeProvider time)
    {
        var pause = double.TryParse(wanted, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 1_000_000))
            : DateTimeOffset.TryParse(wanted, CultureInfo.InvariantCulture, out var moment) ? moment - time.GetUtcNow() : (TimeSpan?)null;
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }
}
