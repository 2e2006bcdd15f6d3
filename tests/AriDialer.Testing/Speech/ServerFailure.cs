using Microsoft.AspNetCore.Http;

namespace AriDialer.Testing.Speech;

/// <summary>A way to fail.</summary>
public sealed class ServerFailure
{
    private readonly Func<HttpContext, Task<bool>> _fail;

    private ServerFailure(Func<HttpContext, Task<bool>> fail) => _fail = fail;

    /// <summary>It has too much to do.</summary>
    public static ServerFailure Busy(string? retryAfter = null) => new(async context =>
    {
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return await RefuseAsync(context, 429, "Rate limit reached", "rate_limit_exceeded");
    });

    /// <summary>The account has nothing left.</summary>
    public static ServerFailure OutOfQuota => new(context => RefuseAsync(context, 429, "You exceeded your current quota", "insufficient_quota"));

    public static ServerFailure Status(int status) => new(context => RefuseAsync(context, status, "something is wrong", "server_error"));

    /// <summary>It never answers.</summary>
    public static ServerFailure Hang => new(async context =>
    {
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // Whoever asked has given up.
        }

        return true;
    });

    /// <summary>It is right, but takes its time.</summary>
    public static ServerFailure Slow(TimeSpan delay) => new(async context =>
    {
        await Task.Delay(delay, context.RequestAborted);
        return false;
    });

    /// <summary>It answers with this, and says that all is well.</summary>
    public static ServerFailure Nonsense(string body, string contentType = "application/json") => new(async context =>
    {
        context.Response.ContentType = contentType;
        await context.Response.WriteAsync(body, context.RequestAborted);
        return true;
    });

    /// <summary>It closes the connection in the middle.</summary>
    public static ServerFailure Abort => new(context =>
    {
        context.Abort();
        return Task.FromResult(true);
    });

    /// <summary>It sends somewhere else.</summary>
    public static ServerFailure Redirect(string to) => new(context =>
    {
        context.Response.StatusCode = 307;
        context.Response.Headers.Location = to;
        return Task.FromResult(true);
    });

    /// <returns>False where the right answer is still to come.</returns>
    internal Task<bool> FailAsync(HttpContext context) => _fail(context);

    private static async Task<bool> RefuseAsync(HttpContext context, int status, string message, string code)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(ModelTestServer.Error(message, code), context.RequestAborted);
        return true;
    }
}
